/**
 * A scenario played through without anybody: its solution must reach its goals, and its start state alone must not. What
 * `npm run scenario` and the tests do with every file.
 */
import { evaluateGoals, type GoalState } from '../scenario/goals';
import type { Scenario } from '../scenario/format';
import { performAll, UnexpectedAnswer, UnusableFile } from '../scenario/perform';
import { readFacts } from './facts';
import { openMemorySandbox, type MemorySandbox } from './memory-sandbox';
import { judgeAnswers, rightChoice } from './predict';
import { nowOf, seededParties, setStage, type Stage } from './stage';

/**
 * @param keyPairs handed out to every sandbox, to save time
 * @returns what is wrong, in the words of a developer; empty: all is well
 */
export async function rehearse(
	scenario: Scenario,
	seed = scenario.seed,
	keyPairs?: MemorySandbox['keyPairs']
): Promise<readonly string[]> {
	const startsAtMs = Date.parse(scenario.clock.startsAt);
	const sandbox = await openMemorySandbox(() => startsAtMs, keyPairs);
	try {
		const stage = await setStage(sandbox, scenario, seed);
		const atStart = await unmet(sandbox, scenario, stage, {});
		const parties = seededParties(sandbox, seed, 'solution');
		const { handles } = await performAll(parties, scenario.solution, stage.handles);
		const answers = await judgeAnswers(scenario, seed, handles.answers);
		const atEnd = await unmet(sandbox, scenario, stage, answers);
		return [
			...(scenario.goals.length > 0 && atStart.length === 0
				? ['the start state alone reaches every goal']
				: []),
			...atEnd.map(
				({ goal, missing }) => `the solution does not reach ${goal.id}: ${JSON.stringify(missing)}`
			),
			...(await withoutRightChoice(scenario, seed))
		];
	} catch (error) {
		if (error instanceof UnexpectedAnswer)
			return [`${error.message}: ${JSON.stringify(error.action)}`];
		if (error instanceof UnusableFile) return [`no use of the file ${error.message}`];
		throw error;
	} finally {
		sandbox.close();
	}
}

async function unmet(
	sandbox: MemorySandbox,
	scenario: Scenario,
	stage: Stage,
	answers: Readonly<Record<string, boolean>>
): Promise<GoalState[]> {
	const facts = await readFacts(sandbox.store.db, sandbox.tray, { ...stage, answers });
	const states = evaluateGoals(scenario, facts, await nowOf(sandbox));
	return states.filter(({ missing }) => missing !== null);
}

async function withoutRightChoice(scenario: Scenario, seed: number): Promise<string[]> {
	const problems: string[] = [];
	for (const question of scenario.questions) {
		const right = await rightChoice(scenario, question, seed);
		if (!question.choices.some(({ id }) => id === right))
			problems.push(`no choice of ${question.id} is right: it would be ${right}`);
	}
	return problems;
}
