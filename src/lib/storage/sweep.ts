/** Records everything that is due. Idempotent: anyone may call it at any time, and what is due is true without it. */
import { SYSTEM_CLOCK, sandboxNow, type EpochMs } from '../domain/time';
import type { Database } from './database';
import { recordDue, recordRemoval } from './due';
import { readPresent } from './transact';
import { upcomingEvents } from './upcoming';

export interface Deadline {
	/** Sandbox time of what falls due next, or null when nothing is ahead. */
	readonly dueAtMs: EpochMs | null;
	readonly nowMs: EpochMs;
	/** A frozen clock reaches no deadline by itself. */
	readonly frozen: boolean;
}

export function sweep(db: Database, systemNowMs: EpochMs): Promise<void> {
	return db.transaction('rw', db.tables, async () => {
		const present = await readPresent(db, systemNowMs);
		const { nowMs, settings } = present;
		let { end } = present;
		const [expired, deleted] = await Promise.all([
			db.keys.where('material.expiresAtMs').belowOrEqual(nowMs).toArray(),
			db.keys.where('deleteAtMs').belowOrEqual(nowMs).toArray()
		]);
		const due = [...new Map([...expired, ...deleted].map((key) => [key.keyId, key])).values()];
		due.sort((a, b) => dueAt(a) - dueAt(b));
		for (const key of due) end = await recordDue(db, key, settings, nowMs, end);
		const removals = await db.removals.where('removeAtMs').belowOrEqual(nowMs).sortBy('removeAtMs');
		for (const { keyId, removeAtMs } of removals)
			end = await recordRemoval(db, keyId, removeAtMs, nowMs, end);
		const old = await db.importParameters.where('expiresAtMs').belowOrEqual(nowMs).primaryKeys();
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
	const [clock, [next]] = await Promise.all([db.clock.get(0), upcomingEvents(db, 1)]);
	return {
		dueAtMs: next?.atMs ?? null,
		nowMs: sandboxNow(clock ?? SYSTEM_CLOCK, systemNowMs),
		frozen: (clock ?? SYSTEM_CLOCK).frozenAtMs !== null
	};
}
