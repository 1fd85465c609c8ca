/** The clock and the settings, each a row: what changes them. */
import type { SandboxSettings } from '../domain/settings';
import { DEFAULT_SETTINGS } from '../domain/settings';
import {
	moveClock as moved,
	SYSTEM_CLOCK,
	type ClockAnswer,
	type ClockMove,
	type EpochMs
} from '../domain/time';
import { readLogEnd } from './audit-log';
import type { Database } from './database';

export function moveClock(
	db: Database,
	systemNowMs: EpochMs,
	move: ClockMove
): Promise<ClockAnswer> {
	return db.transaction('rw', [db.clock, db.events], async () => {
		const [clock, end] = await Promise.all([db.clock.get(0), readLogEnd(db)]);
		const answer = moved(clock ?? SYSTEM_CLOCK, move, systemNowMs, end.atMs);
		if (answer.ok) await db.clock.put({ ...answer.clock, id: 0 });
		return answer;
	});
}

export async function changeSettings(
	db: Database,
	change: Partial<SandboxSettings>
): Promise<void> {
	await db.transaction('rw', db.settings, async () => {
		const settings = (await db.settings.get(0)) ?? DEFAULT_SETTINGS;
		await db.settings.put({ ...settings, ...change, id: 0 });
	});
}
