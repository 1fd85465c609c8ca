/** Moves of the sandbox clock. Separate from `time.ts`, because code that only shows a time doesn't need them. */
import {
	earliestNow,
	LATEST_MS,
	sandboxNow,
	type ClockAnswer,
	type ClockMove,
	type ClockSetting,
	type EpochMs,
	type SandboxClock
} from './time';

/** @returns whether both clocks show the same time. `passedMs` is ignored */
export function isSameSetting(a: ClockSetting, b: ClockSetting): boolean {
	return a.offsetMs === b.offsetMs && a.frozenAtMs === b.frozenAtMs && a.movedAtMs === b.movedAtMs;
}

/**
 * The system time since the sandbox clock reached a given sandbox time, by running or by a move.
 *
 * @returns milliseconds, never negative, although the system clock may have gone back
 */
export function elapsedSince(
	clock: SandboxClock,
	sandboxMs: EpochMs,
	systemNowMs: EpochMs
): number {
	const cameAtMs = clock.frozenAtMs === null ? sandboxMs - clock.offsetMs : 0;
	return Math.max(0, systemNowMs - Math.max(cameAtMs, clock.movedAtMs));
}

/**
 * The result of a move. A move back is possible only to after the last recorded event: time must not run backwards in the
 * audit log.
 *
 * @param latestEventMs sandbox time of the latest audit event, 0 when there is none
 */
export function moveClock(
	clock: SandboxClock,
	move: ClockMove,
	systemNowMs: EpochMs,
	latestEventMs: EpochMs
): ClockAnswer {
	const nowMs = sandboxNow(clock, systemNowMs, latestEventMs);
	const wantedMs = wantedInstant(move, nowMs, systemNowMs);
	if (!Number.isSafeInteger(wantedMs) || wantedMs < 0 || wantedMs > LATEST_MS)
		return { ok: false, problem: 'OutOfRange' };
	const earliestMs = earliestNow(clock, latestEventMs);
	if (wantedMs < earliestMs) return { ok: false, problem: 'BehindRecord', wantedMs, earliestMs };
	const stands =
		move.move === 'freeze' ||
		(clock.frozenAtMs !== null && (move.move === 'by' || move.move === 'to'));
	const moved = stands
		? { offsetMs: 0, frozenAtMs: wantedMs }
		: { offsetMs: wantedMs - systemNowMs, frozenAtMs: null };
	const { passedMs } = clock;
	return {
		ok: true,
		clock: { ...moved, movedAtMs: systemNowMs, ...(passedMs !== undefined && { passedMs }) },
		nowMs: wantedMs
	};
}

function wantedInstant(move: ClockMove, nowMs: EpochMs, systemNowMs: EpochMs): EpochMs {
	switch (move.move) {
		case 'freeze':
		case 'run':
			return nowMs;
		case 'real':
			return systemNowMs;
		case 'by':
			return nowMs + move.ms;
		case 'to':
			return move.atMs;
	}
}
