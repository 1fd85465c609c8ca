/** One scenario file, checked and played. */
import { rehearse } from '../lib/learn/rehearse';
import { missingTexts } from '../lib/scenario/lint';
import { readScenario, type ScenarioProblem } from '../lib/scenario/read-scenario';

/** @returns what is wrong with it, empty when nothing is */
export async function checkFile(file: Uint8Array<ArrayBuffer>): Promise<readonly string[]> {
	const answer = readScenario(file);
	if (!answer.ok) return [describe(answer.problem)];
	return [...missingTexts(answer.scenario), ...(await rehearse(answer.scenario))];
}

function describe(problem: ScenarioProblem): string {
	switch (problem.kind) {
		case 'TooLarge':
			return `the file has ${String(problem.bytes)} bytes, more than a scenario can have`;
		case 'NotJson':
			return 'the file is no JSON in UTF-8';
		case 'NewerVersion':
			return 'the file was written for a later version';
		case 'Shape':
			return `${problem.place || 'the file'}: expected ${problem.expected}, found ${problem.received}`;
		case 'Reference':
			return `${problem.place}: "${problem.name}" is not defined before, or defined twice`;
	}
}
