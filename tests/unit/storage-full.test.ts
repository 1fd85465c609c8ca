/** No space left is told apart from a defect, however Dexie hands the browser's error on. */
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { isStorageFull, unlessStorageFull } from '$lib/domain/storage-full';

const full = () => new DOMException('no room left', 'QuotaExceededError');
const other = () => new DOMException('twice', 'ConstraintError');

test.each([
	['the browser’s own', full()],
	['of a transaction that was rolled back', new Dexie.AbortError('aborted', full())],
	['of many rows at once', new Dexie.BulkError('1 of 2 failed', [other(), full()])],
	['of rows that were changed', new Dexie.ModifyError('1 of 1 failed', [full()], 0, [])],
	[
		'of many rows in a transaction that was rolled back',
		new Dexie.AbortError('aborted', new Dexie.BulkError('1 of 1 failed', [full()]))
	]
])('%s', async (_, error) => {
	expect(isStorageFull(error)).toBe(true);
	const answer = await unlessStorageFull(() => Promise.reject(error));
	expect(answer).toEqual({ ok: false, problem: 'StorageFull' });
});

test.each([
	undefined,
	null,
	'QuotaExceededError',
	{ failures: 'QuotaExceededError', inner: null },
	new Error('QuotaExceededError'),
	new Dexie.AbortError('aborted', other()),
	new Dexie.BulkError('1 of 1 failed', [other()])
])('%s is something else, and thrown', async (error) => {
	expect(isStorageFull(error)).toBe(false);
	// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever is thrown
	await expect(unlessStorageFull(() => Promise.reject(error))).rejects.toBe(error);
});
