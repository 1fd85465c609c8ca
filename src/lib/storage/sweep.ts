/** Records every expiry that is due. Idempotent: anyone may call it at any time, and expiry is true without it. */
import { settle } from '../domain/key';
import { sandboxNow, SYSTEM_CLOCK, type EpochMs } from '../domain/time';
import type { Database } from './database';
import { readNow, recordExpiry } from './transact';

export interface Deadline {
	/** Sandbox time of the next expiry of material or of import parameters, or null when none is ahead. */
	readonly dueAtMs: EpochMs | null;
	readonly nowMs: EpochMs;
	/** A frozen clock reaches no deadline by itself. */
	readonly frozen: boolean;
}

export function sweep(db: Database, systemNowMs: EpochMs): Promise<void> {
	return db.transaction('rw', db.tables, async () => {
		const nowMs = await readNow(db, systemNowMs);
		const due = await db.keys.where('material.expiresAtMs').belowOrEqual(nowMs).toArray();
		for (const record of due) await recordExpiry(db, record, settle(record, nowMs), nowMs);
		const old = await db.importParameters.where('expiresAtMs').belowOrEqual(nowMs).primaryKeys();
		await db.importParameters.bulkDelete(old);
		await db.wrappingKeys.bulkDelete(old);
	});
}

export async function nextDeadline(db: Database, systemNowMs: EpochMs): Promise<Deadline> {
	const clock = (await db.clock.get(0)) ?? SYSTEM_CLOCK;
	const key = await db.keys.where('material.expiresAtMs').above(0).first();
	const parameters = await db.importParameters.orderBy('expiresAtMs').first();
	const dates = [key?.material?.expiresAtMs, parameters?.expiresAtMs].filter(
		(date) => typeof date === 'number'
	);
	return {
		dueAtMs: dates.length > 0 ? Math.min(...dates) : null,
		nowMs: sandboxNow(clock, systemNowMs),
		frozen: clock.frozenAtMs !== null
	};
}
