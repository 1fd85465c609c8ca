/** Reads a scenario from an address. Loaded only if the address contains one. */
import { linkToFile } from '../../scenario/link';
import { readScenario } from '../../scenario/read-scenario';
import type { ReaderAnswer } from './globals';

globalThis.kmsReader = async (fragment): Promise<ReaderAnswer> => {
	const link = await linkToFile(fragment);
	if (!link.ok) return { ok: false, code: link.problem === 'TooLarge' ? 'TooLarge' : 'Scenario' };
	const answer = readScenario(link.file);
	return answer.ok ? { ok: true, scenario: answer.scenario } : { ok: false, code: 'Scenario' };
};
