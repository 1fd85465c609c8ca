/** The mixed exam: the drills and bytes that a seed selects, and the score of the answers. Pure. */
import { named } from '../scenario/handles';
import { createSeeded } from '../scenario/seeded';
import { asksForAnswer, type GoalState } from '../scenario/goals';
import type { Exam, ExamResult, Run } from './learn';

/** Enough cases that guessing does not pass, and few enough for half an hour. */
const CASES = 5;

/** @returns different drills in the order of play; all drills if there are fewer than requested */
export function drawCases(drillIds: readonly string[], seed: number): string[] {
	const { below } = createSeeded(seed, 'exam');
	const left = [...drillIds];
	const drawn: string[] = [];
	while (drawn.length < CASES && left.length > 0) drawn.push(...left.splice(below(left.length), 1));
	return drawn;
}

/** A restarted case is the same case with the earlier answers, so a restart gives no advantage. */
export function caseSeed(examSeed: number, index: number): number {
	return createSeeded(examSeed, `case ${String(index)}`).below(2 ** 32);
}

/** The first answer to the question counts. The state is right if every goal without a question is met. */
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

/** Each case gives one point for the cause and one for the final state. */
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
 * Whether these results are possible: at least one case, no case twice, at most one result for each case. The exam has an
 * end if and only if all results exist, and the end is not before the beginning.
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
