/** The mixed exam: which drills a seed draws, with which bytes, and what the answers come to. Pure. */
import { named } from '../scenario/handles';
import { createSeeded } from '../scenario/seeded';
import { asksForAnswer, type GoalState } from '../scenario/goals';
import type { Exam, ExamResult, Run } from './learn';

/** Enough that luck does not pass it, and no longer than half an hour. */
const CASES = 5;

/** @returns different drills in the order in which they are played: all there are, where there are few */
export function drawCases(drillIds: readonly string[], seed: number): string[] {
	const { below } = createSeeded(seed, 'exam');
	const left = [...drillIds];
	const drawn: string[] = [];
	while (drawn.length < CASES && left.length > 0) drawn.push(...left.splice(below(left.length), 1));
	return drawn;
}

/** A case that is begun again is the same case, with the answers that were given: nothing is gained by it. */
export function caseSeed(examSeed: number, index: number): number {
	return createSeeded(examSeed, `case ${String(index)}`).below(2 ** 32);
}

/** The first answer counts; the state is what every goal says that asks for no answer. */
export function resultOf(
	{ scenario, answers }: Pick<Run, 'scenario' | 'answers'>,
	goals: readonly GoalState[]
): ExamResult {
	const cause = scenario.questions.find((question) => question.cause === true);
	const answered = cause && named(answers, cause.id);
	return {
		scenarioId: scenario.id,
		cause: answered?.tries === 1 && answered.choice === answered.right,
		mended: goals
			.filter(({ goal }) => !asksForAnswer(goal))
			.every(({ missing }) => missing === null)
	};
}

export interface ExamScore {
	readonly points: number;
	readonly most: number;
}

/** One point for the cause of each case, and one for the state it was left in. */
export function scoreOf({
	scenarioIds,
	results
}: Pick<Exam, 'scenarioIds' | 'results'>): ExamScore {
	const points = results.reduce(
		(sum, { cause, mended }) => sum + Number(cause) + Number(mended),
		0
	);
	return { points, most: 2 * scenarioIds.length };
}

/**
 * Whether an exam can come to these results: at least one case and no case twice, one result for each case at most, and an
 * end, no earlier than the beginning, exactly when the last result is there.
 */
export function isPossibleExam({ scenarioIds, results, begunAtMs, finishedAtMs }: Exam): boolean {
	const cases = new Set(scenarioIds);
	const handedIn = new Set(results.map(({ scenarioId }) => scenarioId));
	const isComplete = handedIn.size === cases.size;
	return (
		cases.size > 0 &&
		cases.size === scenarioIds.length &&
		handedIn.size === results.length &&
		[...handedIn].every((id) => cases.has(id)) &&
		isComplete === (finishedAtMs !== null) &&
		(finishedAtMs === null || finishedAtMs >= begunAtMs)
	);
}
