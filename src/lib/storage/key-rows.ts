/**
 * Writes a CMK's record and always its counter too. The caller also writes an audit event with the CMK's ID: the search
 * (`key-search.ts`) relies on this.
 */
import type { KeyRecord, KeyState } from '../domain/key';
import { toKeyRow, type WritableDatabase } from './database';

/** @param before the record as stored; absent for a new CMK */
export async function putKey(
	db: WritableDatabase,
	before: KeyRecord | undefined,
	after: KeyRecord
): Promise<void> {
	await db.keys.put(toKeyRow(after));
	if (before?.state === after.state) return;
	if (before) await count(db, before.state, -1);
	await count(db, after.state, 1);
}

/** Deletes the CMK with all its import parameters. The caller removes its key material. */
export async function forgetKey(db: WritableDatabase, before: KeyRecord): Promise<void> {
	const calls = await db.importParameters
		.where('[keyId+callNumber]')
		.between([before.keyId, 0], [before.keyId, Infinity])
		.primaryKeys();
	await Promise.all([
		db.keys.delete(before.keyId),
		db.importParameters.bulkDelete(calls),
		db.wrappingKeys.bulkDelete(calls)
	]);
	await count(db, before.state, -1);
}

async function count(db: WritableDatabase, state: KeyState, change: 1 | -1): Promise<void> {
	const counter = await db.counters.get(state);
	await db.counters.put({ state, count: (counter?.count ?? 0) + change });
}
