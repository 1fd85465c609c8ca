/** What bytes look like must not depend on which bytes they happen to be. */
import { expect, test } from 'vitest';
import { lookOfMaterial } from '$lib/diagnosis/looks';

const LINE_FEED = [0x0a];
const CARRIAGE_RETURN_LINE_FEED = [0x0d, 0x0a];

/** 32 bytes that are no text, the last one as wanted. */
const material = (last: number) =>
	Uint8Array.from({ length: 32 }, (_, i) => (i < 31 ? 0x80 : last));

test.each([LINE_FEED, CARRIAGE_RETURN_LINE_FEED])(
	'a line break behind raw material is seen whatever its last byte is: %j',
	(...end) => {
		for (let last = 0; last < 256; last += 1) {
			const bytes = Uint8Array.from([...material(last), ...end]);
			expect([last, lookOfMaterial(bytes)]).toEqual([last, 'rawWithNewline']);
		}
	}
);

test('33 or 34 bytes that end otherwise are only too long', () => {
	for (const end of [[0x0d], [0x00], [0x00, 0x0a], [0x0d, 0x00]])
		expect(lookOfMaterial(Uint8Array.from([...material(0xff), ...end]))).toBe('tooLong');
});
