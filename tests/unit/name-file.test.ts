/** What the page asks about a file before it is sent. */
import { expect, test } from 'vitest';
import { createDiagnostician } from '$lib/diagnosis/create-diagnostician';
import type { DiagnosisDeps } from '$lib/diagnosis/evidence';
import { nameFile } from '$lib/ui/features/key-facts/file-kinds';
import { asciiToBytes, bytesToHex } from '$lib/domain/bytes';

test('a file is named without a key and without what is stored', async () => {
	const unread = new Proxy({} as DiagnosisDeps, {
		get: () => {
			throw new Error('it was read');
		}
	});
	const digits = bytesToHex(new Uint8Array(256).fill(0xa5));
	const file = asciiToBytes(`"${digits}"`);
	expect(nameFile(await createDiagnostician(unread).name(file))).toBe(
		'text in quotation marks, which contains hexadecimal text, which contains 256 bytes, the length of encrypted key material'
	);
});
