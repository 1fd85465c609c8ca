/**
 * A scenario played through without anybody: its solution must reach its goals, and its start state alone must not. What
 * `npm run scenario` and the tests do with every file.
 */
import { evaluateGoals } from '../scenario/goals';
import type { Scenario } from '../scenario/format';
import type { Handles } from '../scenario/handles';
import { performAll, UnexpectedAnswer, UnusableFile } from '../scenario/perform';
import { readFacts } from './facts';
import { openMemorySandbox, type MemorySandbox } from './memory-sandbox';
import { rightChoice } from './predict';
import { seededParties, setStage } from './stage';

export interface Rehearsal {
	/** In the words of a developer; empty: all is well. */
	readonly problems: readonly string[];
	readonly goals: number;
	readonly questions: number;
}

/** @param keyPairs handed out to every sandbox, to save time */
export async function rehearse(
	scenario: Scenario,
	seed = scenario.seed,
	keyPairs?: MemorySandbox['keyPairs']
): Promise<Rehearsal> {
	const startsAtMs = Date.parse(scenario.clock.startsAt);
	const sandbox = await openMemorySandbox(() => startsAtMs, keyPairs);
	const problems: string[] = [];
	try {
		const started = await setStage(sandbox, scenario, seed);
		const right = await rightChoices(scenario, seed);
		const begun = {
			startSequence: await sandbox.store.db.events.count(),
			startedAtMs: await seededParties(sandbox, seed, 'solution').nowMs()
		};
		const unmet = async (handles: Handles) => {
			const parties = seededParties(sandbox, seed, 'solution');
			const answers = Object.fromEntries(
				Object.entries(handles.answers).map(([id, choice]) => [id, right[id] === choice])
			);
			const start = { ...begun, handles: { ...started, answers: handles.answers }, answers };
			const facts = await readFacts(sandbox.store.db, sandbox.tray, start);
			return evaluateGoals(scenario, facts, await parties.nowMs()).filter(
				({ missing }) => missing !== null
			);
		};
		if (scenario.goals.length > 0 && (await unmet(started)).length === 0)
			problems.push('the start state alone reaches every goal');
		const { handles } = await performAll(
			seededParties(sandbox, seed, 'solution'),
			scenario.solution,
			started
		);
		for (const { goal, missing } of await unmet(handles))
			problems.push(`the solution does not reach ${goal.id}: ${JSON.stringify(missing)}`);
		for (const { id, choices } of scenario.questions)
			if (!choices.some((choice) => choice.id === right[id]))
				problems.push(`no choice of ${id} is right: it would be ${String(right[id])}`);
	} catch (error) {
		if (error instanceof UnexpectedAnswer)
			problems.push(`${error.message}: ${JSON.stringify(error.action)}`);
		else if (error instanceof UnusableFile) problems.push(`no use of the file ${error.message}`);
		else throw error;
	} finally {
		sandbox.close();
	}
	return { problems, goals: scenario.goals.length, questions: scenario.questions.length };
}

async function rightChoices(
	scenario: Scenario,
	seed: number
): Promise<Readonly<Record<string, string>>> {
	const right: Record<string, string> = {};
	for (const question of scenario.questions)
		right[question.id] = await rightChoice(scenario, question, seed);
	return right;
}
