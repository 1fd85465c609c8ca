/** Finds the right answer by running the question's actions on the start state, in memory. */
import { settle } from '../domain/key';
import type { Question, Scenario } from '../scenario/format';
import { named } from '../scenario/handles';
import { perform, UnexpectedAnswer } from '../scenario/perform';
import { openMemorySandbox } from './memory-sandbox';
import { seededParties, setStage } from './stage';

/**
 * @returns the right choice
 * @throws if the scenario can't be run
 */
export async function rightChoice(
	scenario: Scenario,
	question: Question,
	seed: number
): Promise<string> {
	const { answer, predict, choices } = question;
	if (!predict) return answer ?? '';
	const startsAtMs = Date.parse(scenario.clock.startsAt);
	const sandbox = await openMemorySandbox(() => startsAtMs);
	try {
		let { handles } = await setStage(sandbox, scenario, seed);
		const parties = seededParties(sandbox, seed, 'predict');
		let code = 'SUCCESS';
		for (const action of predict.actions) {
			try {
				const performed = await perform(parties, action, handles);
				({ handles } = performed);
				code = performed.code ?? code;
			} catch (error) {
				// the question asks for this operation's result
				if (!(error instanceof UnexpectedAnswer)) throw error;
				code = error.answer;
			}
		}
		if (predict.ask === 'code') return choiceFor(choices, code);
		const record = await sandbox.store.db.keys.get(named(handles.keys, predict.ask.stateOf) ?? '');
		const settled = record && settle(record, await parties.nowMs());
		return choiceFor(choices, settled?.state ?? 'gone');
	} finally {
		sandbox.close();
	}
}

/**
 * @param answers the choice for each question
 * @param between called before each question; an exception from it ends the work
 * @returns whether each is right
 */
export async function judgeAnswers(
	scenario: Scenario,
	seed: number,
	answers: Readonly<Record<string, string>>,
	between: () => void = () => undefined
): Promise<Readonly<Record<string, boolean>>> {
	const right: Record<string, boolean> = {};
	for (const question of scenario.questions) {
		between();
		const choice = named(answers, question.id);
		if (choice !== undefined)
			right[question.id] = choice === (await rightChoice(scenario, question, seed));
	}
	return right;
}

/** `PENDING_IMPORT` is the choice `pending-import`, `KeyPendingImport` is `key-pending-import`. */
function choiceFor(choices: Question['choices'], found: string): string {
	const id = found
		.replace(/([a-z])([A-Z])/g, '$1-$2')
		.replaceAll('_', '-')
		.toLowerCase();
	return choices.find((choice) => choice.id === id)?.id ?? id;
}
