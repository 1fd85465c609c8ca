/** Changes of the clock and the settings. Each is one row. */
import type { Recorder } from '../domain/events';
import { isSameSetting, moveClock as moved } from '../domain/clock-moves';
import type { SandboxSettings } from '../domain/settings';
import type { ClockAnswer, ClockMove, ClockSetting, EpochMs } from '../domain/time';
import type { Database } from './database';
import { recordAllDue } from './due';
import { presentOf, write } from './write';

const FOUND: Recorder = { by: 'operation', armedAtMs: null };
const PASSED: Recorder = { by: 'clockMove', armedAtMs: null };

/** Moves the clock and records what falls due on the way, in one transaction. */
export function moveClock(
	db: Database,
	systemNowMs: EpochMs,
	move: ClockMove,
	from: ClockSetting
): Promise<ClockAnswer> {
	return write(db, systemNowMs, FOUND, async (open, present): Promise<ClockAnswer> => {
		const { clock, end, settings, nowMs } = present;
		if (!isSameSetting(clock, from)) return { ok: false, problem: 'ClockChanged', nowMs };
		const answer = moved(clock, move, systemNowMs, end.atMs);
		if (!answer.ok) return answer;
		await open.clock.put({ ...answer.clock, id: 0 });
		const arrived = presentOf({ clock: answer.clock, end, settings }, systemNowMs, PASSED);
		await recordAllDue(open, arrived);
		return answer;
	});
}

export function changeSettings(
	db: Database,
	systemNowMs: EpochMs,
	change: Partial<SandboxSettings>
): Promise<void> {
	return write(db, systemNowMs, FOUND, async (open, { settings }) => {
		await open.settings.put({ ...settings, ...change, id: 0 });
	});
}

/** Makes the present state a start state: no earlier operation can be undone. */
export function forgetUndo(db: Database, systemNowMs: EpochMs): Promise<void> {
	return write(db, systemNowMs, FOUND, async (open) => {
		await open.undo.clear();
	});
}
