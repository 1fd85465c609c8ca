/** Reads a scenario out of an address: loaded only where one is there. */
import { displayText } from '../../domain/display-text';
import type { Scenario } from '../../scenario/format';
import { linkToFile } from '../../scenario/link';
import { readScenario } from '../../scenario/read-scenario';
import type { ReaderAnswer } from './globals';

globalThis.kmsReader = async (fragment): Promise<ReaderAnswer> => {
	const link = await linkToFile(fragment);
	if (!link.ok) return { ok: false, code: link.problem === 'TooLarge' ? 'TooLarge' : 'Scenario' };
	const answer = readScenario(link.file);
	// here and not where a text is shown: the demos that the app has need no cleaning
	return answer.ok
		? { ok: true, scenario: JSON.parse(displayText(JSON.stringify(answer.scenario))) as Scenario }
		: { ok: false, code: 'Scenario' };
};
