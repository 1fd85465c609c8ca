/** How a run stands: what is reached, what is missing, and which step is next. Pure. */
import type { RunView } from '$lib/learn/learn';
import type { EpochMs } from '$lib/domain/time';
import type { Question, Step } from '$lib/scenario/format';
import { asksForAnswer, evaluateGoals, type GoalState } from '$lib/scenario/goals';

export interface Standing {
	readonly goals: readonly GoalState[];
	readonly met: number;
	/** For each step whether what it asks for is so; false where it asks for nothing. */
	readonly stepsDone: readonly boolean[];
	/** The first step that is not done. */
	readonly next: number;
}

/** A step chosen by hand, until the run goes on by itself; what was asked there is read to the end. */
export interface ChosenStep {
	readonly at: number;
	/** The step that was next when it was chosen. */
	readonly since: number;
	readonly stays: boolean;
}

/** @returns the step that is shown */
export const shownStep = (chosen: ChosenStep | undefined, { next }: Standing): number =>
	chosen && (chosen.stays || chosen.since === next) ? chosen.at : next;

export function standingOf({ run, facts }: RunView, nowMs: EpochMs): Standing {
	const { scenario, answers } = run;
	const all = evaluateGoals(scenario, facts, nowMs);
	// in an exam nothing tells whether an answer was right
	const goals = run.exam ? all.filter(({ goal }) => !asksForAnswer(goal)) : all;
	const isMet = new Map(all.map(({ goal, missing }) => [goal.id, missing === null]));
	const stepsDone = scenario.steps.map((step) => isDone(step, isMet, answers));
	// a step that asks for nothing is passed by with the next one that does
	const next = scenario.steps.findIndex((step, index) => asks(step) && stepsDone[index] === false);
	return {
		goals,
		met: goals.filter(({ missing }) => missing === null).length,
		stepsDone,
		next: next < 0 ? Math.max(0, scenario.steps.length - 1) : firstOf(scenario.steps, next)
	};
}

const asks = ({ goal, question }: Step): boolean => goal !== undefined || question !== undefined;

/** Steps that only tell stand before the one that they lead to. */
function firstOf(steps: readonly Step[], next: number): number {
	let first = next;
	while (first > 0 && steps.slice(first - 1, first).every((step) => !asks(step))) first--;
	return first;
}

function isDone(
	step: Step,
	isMet: ReadonlyMap<string, boolean>,
	answers: RunView['run']['answers']
): boolean {
	const { goal, question } = step;
	const answered = question === undefined ? undefined : answers[question];
	const isReached = goal === undefined || isMet.get(goal) === true;
	const isRight =
		question === undefined || (answered && answered.choice === answered.right) === true;
	return asks(step) && isReached && isRight;
}

/** Those that are shown: an exam has none, since they say what is to be found out. */
export const stepsOf = ({ scenario, exam }: RunView['run']): readonly Step[] =>
	exam ? [] : scenario.steps;

/** Questions that no step asks: they stand by themselves. */
export function questionsBesideSteps(run: RunView['run']): readonly Question[] {
	const steps = stepsOf(run);
	return run.scenario.questions.filter(({ id }) => !steps.some(({ question }) => question === id));
}
