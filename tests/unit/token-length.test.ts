/** Tokens of every sandbox time have one of the lengths by which a token is told from a damaged one. */
import { expect, test } from 'vitest';
import { sealImportToken } from '$lib/crypto/import-token';
import { generateServiceKeys } from '$lib/crypto/service-keys';
import { WRAPPING_ALGORITHMS } from '$lib/domain/algorithms';
import { TOKEN_BYTES } from '$lib/domain/import-parameters';
import { DAY_MS, LATEST_MS } from '$lib/domain/time';
import { procedureFile } from '$lib/domain/uploaded-file';

const INSTANTS = [
	0,
	1,
	999_999_999_999,
	Date.UTC(2026, 10, 30),
	1e13 - DAY_MS,
	1e13,
	1e14,
	LATEST_MS
];

test.each(INSTANTS)('a token of the sandbox time %i', async (issuedAtMs) => {
	const { token } = await generateServiceKeys();
	for (const wrappingAlgorithm of WRAPPING_ALGORITHMS) {
		const bytes = await sealImportToken(token, {
			parametersId: '00000000-0000-4000-8000-000000000001',
			keyId: '00000000-0000-4000-8000-000000000002',
			wrappingAlgorithm,
			publicKeySha256: 'a'.repeat(64),
			issuedAtMs,
			expiresAtMs: issuedAtMs + DAY_MS
		});
		expect(TOKEN_BYTES).toContain(bytes.length);
		expect(procedureFile(bytes)).toBe('importToken');
	}
});
