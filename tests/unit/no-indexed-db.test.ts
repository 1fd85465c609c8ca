/** A browser without IndexedDB, as Node is: the sandbox works in memory. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { generateServiceKeys } from '$lib/crypto/service-keys';
import { observe } from '$lib/storage/observe';
import { openStore } from '$lib/storage/open-store';
import { queries } from '$lib/storage/queries';
import { pastTheDoor } from '../support/past-the-door';
import { startSandbox, value } from '../support/sandbox';

test('live queries are answered, and again after a change', async () => {
	expect('indexedDB' in globalThis).toBe(false);
	const { db, mode } = await openStore('nowhere', generateServiceKeys);
	expect(mode).toBe('memory');
	const told: number[] = [];
	const count = async () => {
		await queries.keyCounts(db);
		return db.removals.count();
	};
	const fail = (error: unknown) => expect.unreachable(String(error));
	onTestFinished(await observe(count, (removals) => told.push(removals), fail));
	await vi.waitFor(() => {
		expect(told).toEqual([0]);
	});
	await pastTheDoor(db).removals.put({ keyId: 'gone', removeAtMs: 1 });
	await vi.waitFor(() => {
		expect(told).toEqual([0, 1]);
	});
});

test('a search finds a text anywhere in an alias, also after a change', async () => {
	const { kms, db } = await startSandbox();
	const found = async () =>
		(
			await queries.keys(db, { search: 'LL', order: 'created', descending: true, limit: 50 })
		).keys.map(({ alias }) => alias);
	expect(await found()).toEqual([]);
	value(await kms.createCmk({ keyUsage: 0, origin: 1, alias: 'Billing' }));
	expect(await found()).toEqual(['Billing']);
	value(await kms.createCmk({ keyUsage: 0, origin: 1, alias: 'a bell' }));
	expect(await found()).toEqual(['a bell', 'Billing']);
});
