/** Records everything that is due. Idempotent: anyone may call it at any time, and what is due is true without it. */
import type { Recorder } from '../domain/events';
import { SYSTEM_CLOCK, sandboxNow, type EpochMs } from '../domain/time';
import type { Database } from './database';
import { recordDue, recordRemoval } from './due';
import { readPresent } from './transact';
import { recordedEvents } from './upcoming';

export interface Deadline {
	/** Sandbox time of what falls due next, or null when nothing is ahead. */
	readonly dueAtMs: EpochMs | null;
	/** Milliseconds of system time until then, 0 when it is overdue, or null: a frozen clock gets nowhere by itself. */
	readonly inMs: number | null;
}

export function sweep(db: Database, systemNowMs: EpochMs, recorder: Recorder): Promise<void> {
	return db.transaction('rw', db.tables, async () => {
		const { end: start, ...occasion } = await readPresent(db, systemNowMs, recorder);
		const { nowMs } = occasion;
		let end = start;
		const [expired, deleted] = await Promise.all([
			db.keys.where('material.expiresAtMs').belowOrEqual(nowMs).toArray(),
			db.keys.where('deleteAtMs').belowOrEqual(nowMs).toArray()
		]);
		const due = [...new Map([...expired, ...deleted].map((key) => [key.keyId, key])).values()];
		due.sort((a, b) => dueAt(a) - dueAt(b));
		for (const key of due) end = await recordDue(db, key, occasion, end);
		const removals = await db.removals.where('removeAtMs').belowOrEqual(nowMs).sortBy('removeAtMs');
		for (const { keyId, removeAtMs } of removals)
			end = await recordRemoval(db, keyId, removeAtMs, occasion, end);
		// The clock can go back as far as the last event: until then a token may be good once more.
		const old = await db.importParameters.where('expiresAtMs').belowOrEqual(end.atMs).primaryKeys();
		await db.importParameters.bulkDelete(old);
		await db.wrappingKeys.bulkDelete(old);
	});
}

const dueAt = ({
	deleteAtMs,
	material
}: {
	readonly deleteAtMs: EpochMs | null;
	readonly material: { readonly expiresAtMs: EpochMs | null } | null;
}) => Math.min(deleteAtMs ?? Infinity, material?.expiresAtMs ?? Infinity);

export async function nextDeadline(db: Database, systemNowMs: EpochMs): Promise<Deadline> {
	const [clock = SYSTEM_CLOCK, [next]] = await Promise.all([
		db.clock.get(0),
		recordedEvents(db, 1)
	]);
	if (!next) return { dueAtMs: null, inMs: null };
	const aheadMs = Math.max(0, next.atMs - sandboxNow(clock, systemNowMs));
	return { dueAtMs: next.atMs, inMs: aheadMs > 0 && clock.frozenAtMs !== null ? null : aheadMs };
}
