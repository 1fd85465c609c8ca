/**
 * The one door for changes to the service's database. Whatever is written, everything that is due is recorded first, in
 * the same transaction: no operation, undo, move of the clock or change of a setting ever decides on a CMK whose material
 * has expired or whose waiting period has ended. A test reads the sources for a second door.
 */
import { elapsedSince } from '../domain/clock-moves';
import type { Recorder } from '../domain/events';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { earliestNow, sandboxNow, SYSTEM_CLOCK, type EpochMs } from '../domain/time';
import { readLogEnd } from './audit-log';
import type { Database, WritableDatabase } from './database';
import { recordAllDue, type Present } from './due';

/**
 * Records what is due, then runs `change` in the same transaction: all of it is stored, or nothing.
 *
 * @param recorder who records what is due
 * @param change may await nothing but the database
 */
export function write<T>(
	db: Database,
	systemNowMs: EpochMs,
	recorder: Recorder,
	change: (db: WritableDatabase, present: Present) => Promise<T>
): Promise<T> {
	const open = db as unknown as WritableDatabase;
	return open.transaction('rw', db.tables, async () => {
		const before = await readPresent(open, systemNowMs, recorder);
		const present = await recordAllDue(open, before);
		return await change(open, present);
	});
}

async function readPresent(
	db: WritableDatabase,
	systemNowMs: EpochMs,
	recorder: Recorder
): Promise<Present> {
	const [clock = SYSTEM_CLOCK, end, settings = DEFAULT_SETTINGS] = await Promise.all([
		db.clock.get(0),
		readLogEnd(db),
		db.settings.get(0)
	]);
	return presentOf({ clock, end, settings }, systemNowMs, recorder);
}

/** Pure. */
export function presentOf(
	{ clock, end, settings }: Pick<Present, 'clock' | 'end' | 'settings'>,
	systemNowMs: EpochMs,
	recorder: Recorder
): Present {
	return {
		...{ clock, end, settings },
		nowMs: sandboxNow(clock, systemNowMs, end.atMs),
		floorMs: earliestNow(clock, end.atMs),
		recording: (dueAtMs) => ({ ...recorder, lateMs: elapsedSince(clock, dueAtMs, systemNowMs) })
	};
}
