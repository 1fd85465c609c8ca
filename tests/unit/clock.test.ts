import { moveClock } from '$lib/domain/clock-moves';
import { expect, test } from 'vitest';
import {
	DAY_MS,
	HOUR_MS,
	LATEST_MS,
	sandboxNow,
	SYSTEM_CLOCK,
	type ClockMove,
	type SandboxClock,
	type UpcomingEvent
} from '$lib/domain/time';
import { deadlinesAhead, deadlinesPassed, SHOWN_DEADLINES } from '$lib/ui/features/clock/deadlines';
import { remaining } from '$lib/ui/kit/times';

const NOW = 1_772_323_200_000;

/** The clock after moves that must all be possible, nothing having been recorded. */
function after(...moves: readonly ClockMove[]): SandboxClock {
	return moves.reduce<SandboxClock>((clock, move) => {
		const answer = moveClock(clock, move, NOW, 0);
		if (!answer.ok) throw new Error(answer.problem);
		return answer.clock;
	}, SYSTEM_CLOCK);
}

test('a clock that runs goes on running after a move, one that is frozen stays so', () => {
	const running = after({ move: 'by', ms: DAY_MS });
	expect(sandboxNow(running, NOW + 5)).toBe(NOW + DAY_MS + 5);
	const frozen = after(
		{ move: 'freeze' },
		{ move: 'by', ms: HOUR_MS },
		{ move: 'to', atMs: NOW + 7 }
	);
	expect(sandboxNow(frozen, NOW + DAY_MS)).toBe(NOW + 7);
});

test('what was frozen runs on from there, and real time is reached from everywhere', () => {
	const frozen = after({ move: 'freeze' }, { move: 'by', ms: HOUR_MS });
	const running = moveClock(frozen, { move: 'run' }, NOW + DAY_MS, 0);
	expect(running).toMatchObject({ ok: true, nowMs: NOW + HOUR_MS });
	expect(running.ok && sandboxNow(running.clock, NOW + DAY_MS + 1)).toBe(NOW + HOUR_MS + 1);
	expect(moveClock(frozen, { move: 'real' }, NOW + 9, 0)).toEqual({
		ok: true,
		clock: { ...SYSTEM_CLOCK, movedAtMs: NOW + 9 },
		nowMs: NOW + 9
	});
});

test('back is possible to the latest event and not a millisecond further', () => {
	const clock = after({ move: 'by', ms: DAY_MS });
	const latest = NOW + HOUR_MS;
	expect(moveClock(clock, { move: 'to', atMs: latest }, NOW, latest).ok).toBe(true);
	for (const move of [{ move: 'to', atMs: latest - 1 }, { move: 'real' }] as const)
		expect(moveClock(clock, move, NOW, latest)).toEqual({
			ok: false,
			problem: 'BehindRecord',
			wantedMs: move.move === 'to' ? latest - 1 : NOW,
			earliestMs: latest
		});
});

test('a date beyond the format of the service, or none at all, is refused', () => {
	const to = (atMs: number) => moveClock(SYSTEM_CLOCK, { move: 'to', atMs }, NOW, 0);
	expect(to(LATEST_MS).ok).toBe(true);
	for (const atMs of [LATEST_MS + 1, -1, NaN, 0.5])
		expect(to(atMs)).toEqual({ ok: false, problem: 'OutOfRange' });
});

const deadline = (atMs: number): UpcomingEvent => ({ kind: 'materialExpires', atMs, keyId: 'a' });

test('a deadline is passed at its instant; one that was due before is not counted again', () => {
	const deadlines = [NOW, NOW + 1, NOW + 2, NOW + 3].map(deadline);
	expect(deadlinesPassed(deadlines, NOW, NOW + 2)).toBe(2);
	expect(deadlinesPassed(deadlines, NOW + 3, NOW)).toBe(0);
});

test('only what is still ahead is shown, and no more than fits', () => {
	const deadlines = Array.from({ length: 20 }, (_, index) => deadline(NOW + index));
	const ahead = deadlinesAhead(deadlines, NOW);
	expect(ahead).toHaveLength(SHOWN_DEADLINES);
	expect(ahead[0]?.atMs).toBe(NOW + 1);
});

test('a countdown says its two largest units and never less than nothing', () => {
	expect(remaining(DAY_MS + HOUR_MS)).toBe('in 1 d 1 h');
	expect(remaining(HOUR_MS)).toBe('in 1 h 0 min');
	expect(remaining(61_000)).toBe('in 1 min 1 s');
	expect(remaining(1)).toBe('in 1 s');
	expect(remaining(-5000)).toBe('in 0 s');
});
