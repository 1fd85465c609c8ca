/** What of a request goes into the audit log: of a secret its length alone, in whatever form it came. */
import { expect, test } from 'vitest';
import { auditFields } from '$lib/engine/audit-fields';

test.each([
	['bytes', new TextEncoder().encode('secret')],
	['text', 'secret'],
	['an object', { text: 'secret' }],
	['a list', ['secret']]
])('a plaintext that came as %s is not in the log', (_, plainText) => {
	const fields = auditFields({ keyId: 'a', plainText });
	expect(Object.keys(fields)).toEqual(['keyId', 'plainText']);
	expect(JSON.stringify(fields)).not.toMatch(/secret/);
	expect(fields['plainText']).toEqual({ bytes: expect.any(Number) as number });
});

test('other bytes are known again by the beginning of their digest', () => {
	expect(auditFields({ importToken: new Uint8Array(3) })).toEqual({
		importToken: { bytes: 3, sha256: '709e80c88487a241' }
	});
});
