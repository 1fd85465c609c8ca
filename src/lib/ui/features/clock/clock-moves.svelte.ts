/** A move of the sandbox clock from the page, and its result. */
import { clock } from '$lib/client/clock.svelte';
import { sandbox } from '$lib/client/kms';
import type { ClockAnswer, ClockMove, EpochMs, UpcomingEvent } from '$lib/domain/time';
import { deadlinesPassed } from './deadlines';

export interface ClockOutcome {
	readonly answer: ClockAnswer;
	/** How many of the deadlines that were known lay on the way. */
	readonly passed: number;
}

export class ClockMoves {
	busy = $state(false);
	outcome = $state.raw<ClockOutcome>();
	readonly #deadlines: () => readonly UpcomingEvent[];

	/** @param deadlines what is known to come, before the move */
	constructor(deadlines: () => readonly UpcomingEvent[]) {
		this.#deadlines = deadlines;
	}

	/** One move after the other, from the clock as it is shown, until one is refused. */
	async make(...moves: readonly ClockMove[]): Promise<void> {
		// not the `disabled` attribute: a button that loses focus while it works sends keyboard users back to the top
		if (this.busy) return;
		this.busy = true;
		this.outcome = undefined;
		const fromMs = clock.nowMs;
		const deadlines = this.#deadlines();
		try {
			let answer: ClockAnswer | undefined;
			let from = clock.setting;
			for (const move of moves) {
				answer = await sandbox.moveClock(move, from);
				if (!answer.ok) break;
				from = answer.clock;
			}
			if (answer) this.outcome = outcomeOf(answer, deadlines, fromMs);
		} finally {
			this.busy = false;
		}
	}
}

function outcomeOf(
	answer: ClockAnswer,
	deadlines: readonly UpcomingEvent[],
	fromMs: EpochMs
): ClockOutcome {
	return { answer, passed: answer.ok ? deadlinesPassed(deadlines, fromMs, answer.nowMs) : 0 };
}
