/**
 * Records everything that is due, and removes outdated calls. The sweep is idempotent: any context may run it at any time.
 * If nothing is due, the sweep only reads. In WebKit, a page that is closed while its worker writes and reads leaves the
 * database locked until the browser is closed (https://bugs.webkit.org/show_bug.cgi?id=324094). Work of every visit must
 * therefore not write.
 */
import type { Recorder } from '../domain/events';
import { LATEST_MS, SYSTEM_CLOCK, sandboxNow, type EpochMs } from '../domain/time';
import type { Database } from './database';
import { readLogEnd } from './audit-log';
import { recordedEvents, upcomingEvents } from './upcoming';
import { write } from './write';

export interface Deadline {
	/** Sandbox time of the next deadline, or null if there is no deadline. */
	readonly dueAtMs: EpochMs | null;
	/**
	 * System time until the deadline in milliseconds, 0 if it is overdue. null: no deadline, a frozen clock, or a deadline
	 * beyond the last date.
	 */
	readonly inMs: number | null;
}

export async function sweep(db: Database, systemNowMs: EpochMs, recorder: Recorder): Promise<void> {
	if (!(await isAnythingDue(db, systemNowMs))) return;
	await write(db, systemNowMs, recorder, async (open, { floorMs, end }) => {
		// A call stays until an event is recorded after its expiry: the diagnosis names the call of an expired token.
		const old = await open.importParameters
			.where('expiresAtMs')
			.belowOrEqual(Math.max(floorMs, end.atMs))
			.primaryKeys();
		await Promise.all([open.importParameters.bulkDelete(old), open.wrappingKeys.bulkDelete(old)]);
	});
}

async function isAnythingDue(db: Database, systemNowMs: EpochMs): Promise<boolean> {
	const [clock = SYSTEM_CLOCK, end, [next]] = await Promise.all([
		db.clock.get(0),
		readLogEnd(db),
		upcomingEvents(db, 1)
	]);
	return next !== undefined && next.atMs <= sandboxNow(clock, systemNowMs, end.atMs);
}

export async function nextDeadline(db: Database, systemNowMs: EpochMs): Promise<Deadline> {
	const [clock = SYSTEM_CLOCK, [next]] = await Promise.all([
		db.clock.get(0),
		recordedEvents(db, 1)
	]);
	if (!next) return { dueAtMs: null, inMs: null };
	const aheadMs = Math.max(0, next.atMs - sandboxNow(clock, systemNowMs));
	// sandbox time ends at LATEST_MS
	const isOutOfReach = next.atMs > LATEST_MS || (aheadMs > 0 && clock.frozenAtMs !== null);
	return { dueAtMs: next.atMs, inMs: isOutOfReach ? null : aheadMs };
}
