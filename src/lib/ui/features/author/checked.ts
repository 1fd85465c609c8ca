/** What Check finds of a draft. */
import type { Bytes } from '$lib/domain/bytes';
import type { Scenario } from '$lib/scenario/format';
import {
	emptyTexts,
	missingParts,
	unknownNames,
	type MissingPart,
	type TextField,
	type UnknownName
} from '$lib/scenario/lint';
import { openScenario } from './open-scenario';
import type { OpenProblem } from './problems';

export type Checked =
	| {
			readonly ok: true;
			readonly scenario: Scenario;
			readonly missing: readonly MissingPart[];
			readonly empty: readonly TextField[];
			readonly unknown: readonly UnknownName[];
	  }
	| { readonly ok: false; readonly problem: OpenProblem };

export function checkDraft(file: Bytes): Checked {
	const answer = openScenario(file);
	if (!answer.ok) return answer;
	const { scenario } = answer;
	return {
		ok: true,
		scenario,
		missing: missingParts(scenario),
		empty: emptyTexts(scenario),
		unknown: unknownNames(scenario)
	};
}
