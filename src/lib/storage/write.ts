/**
 * The only write path to the service's database. Before every change, everything that is due is recorded in the same
 * transaction. No operation, undo, move of the clock or change of a setting can therefore see a CMK whose expiry or
 * deletion is due but not recorded. A test searches the sources for any other write path.
 */
import { elapsedSince } from '../domain/clock-moves';
import type { Recorder } from '../domain/events';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { earliestNow, sandboxNow, SYSTEM_CLOCK, type EpochMs } from '../domain/time';
import { readLogEnd } from './audit-log';
import type { Database, WritableDatabase } from './database';
import { recordAllDue, type Present } from './due';

/**
 * Records what is due, then runs `change` in the same transaction. Both are stored, or neither.
 *
 * @param recorder the context that records what is due
 * @param change must await only the database
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
