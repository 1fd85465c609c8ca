/**
 * Records everything that is due, and removes outdated calls. Idempotent: anyone may call it at any time. Where nothing is
 * due it only reads: in WebKit a page that goes while its worker writes and reads leaves the database locked until the
 * browser is closed (https://bugs.webkit.org/show_bug.cgi?id=324094), so what every visit does must not write.
 */
import type { Recorder } from '../domain/events';
import { LATEST_MS, SYSTEM_CLOCK, sandboxNow, type EpochMs } from '../domain/time';
import type { Database } from './database';
import { readLogEnd } from './audit-log';
import { recordedEvents, upcomingEvents } from './upcoming';
import { write } from './write';

export interface Deadline {
	/** Sandbox time of what falls due next, or null when nothing is ahead. */
	readonly dueAtMs: EpochMs | null;
	/** Milliseconds of system time until then, 0 when it is overdue, or null: the clock does not get there by itself. */
	readonly inMs: number | null;
}

export async function sweep(db: Database, systemNowMs: EpochMs, recorder: Recorder): Promise<void> {
	if (!(await isAnythingDue(db, systemNowMs))) return;
	await write(db, systemNowMs, recorder, async (open, { floorMs, end }) => {
		// Until something is recorded after its expiry a call stays: the diagnosis names the call of an expired token.
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
