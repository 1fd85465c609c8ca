/** The terminal refuses exactly the names that the tray would change. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from '$lib/customer/file-names';
import { isTrayName } from '$lib/terminal/io';

test('the two rules are one', () => {
	const name = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 130 }),
		fc.string({
			unit: fc.constantFrom(...'ab. :/\\*?"<>|\u0000\u0085\u3000\ud83d\udc69'.split(''))
		}),
		fc.integer({ min: 118, max: 122 }).map((length) => 'x'.repeat(length)),
		fc.constantFrom('', '.', '..', '...', ' ', 'a.bin', '.a', 'a.', 'a b', '密钥 材料.bin')
	);
	fc.assert(
		fc.property(name, (one) => {
			expect(isTrayName(one)).toBe(safeFileName(one) === one);
		}),
		{ numRuns: 2000 }
	);
});
