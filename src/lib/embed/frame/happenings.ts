/** What is new in a run since it was last looked at: the events that the host hears of. Pure but for what it remembers. */
import type { RunView } from '../../learn/learn';
import type { GoalState } from '../../scenario/goals';
import type { EventDetails } from '../protocol';

export type Happening = {
	readonly [Name in 'step' | 'refused' | 'goal' | 'complete']: {
		readonly type: Name;
		readonly details: EventDetails[Name];
	};
}['step' | 'refused' | 'goal' | 'complete'];

export interface Seen {
	readonly view: RunView;
	/** Of every goal; none is kept back in an exam, as it is the host that hears of it. */
	readonly goals: readonly GoalState[];
	readonly step: { readonly index: number; readonly of: number; readonly done: boolean };
}

export class Happenings {
	#begunAtMs = Number.NaN;
	#sequence = -1;
	#met = new Set<string>();
	#step = '';
	#isComplete = false;

	/** @returns what has happened since the last call; a run that begins anew has nothing behind it */
	since({ view: { run, facts }, goals, step }: Seen): readonly Happening[] {
		const happened: Happening[] = [];
		const latest = facts.events.at(-1)?.sequence ?? -1;
		// showing the solution empties the log and keeps the moment of the beginning
		const isNew = run.begunAtMs !== this.#begunAtMs || latest < this.#sequence;
		if (isNew) {
			this.#begunAtMs = run.begunAtMs;
			this.#sequence = latest;
			this.#met = new Set(metOf(goals));
			this.#step = '';
			this.#isComplete = run.finishedAtMs !== null;
		}
		for (const { sequence, operation, code } of facts.events) {
			if (sequence <= this.#sequence) continue;
			this.#sequence = sequence;
			if (code !== 'SUCCESS') happened.push({ type: 'refused', details: { operation, code } });
		}
		const met = metOf(goals);
		for (const id of met)
			if (!this.#met.has(id))
				happened.push({ type: 'goal', details: { id, met: met.length, all: goals.length } });
		this.#met = new Set(met);
		const at = JSON.stringify(step);
		if (step.of > 0 && at !== this.#step) happened.push({ type: 'step', details: step });
		this.#step = at;
		if (run.finishedAtMs !== null && !this.#isComplete) {
			this.#isComplete = true;
			happened.push({ type: 'complete', details: completion(run, run.finishedAtMs) });
		}
		return happened;
	}
}

const metOf = (goals: readonly GoalState[]): string[] =>
	goals.filter(({ missing }) => missing === null).map(({ goal }) => goal.id);

function completion(
	{ begunAtMs, hints, solutionShown, answers }: RunView['run'],
	finishedAtMs: number
): EventDetails['complete'] {
	return {
		ms: Math.max(0, finishedAtMs - begunAtMs),
		hints,
		mistakes: Object.values(answers).reduce((sum, { tries }) => sum + tries - 1, 0),
		credit: !solutionShown
	};
}
