/** Reads a scenario that somebody else may have written, with the last thing that the format cannot say. */
import { SCENARIOS } from '$lib/course/catalogue';
import type { Bytes } from '$lib/domain/bytes';
import type { Scenario } from '$lib/scenario/format';
import { readScenario } from '$lib/scenario/read-scenario';
import type { OpenProblem } from './problems';

export type OpenAnswer =
	| { readonly ok: true; readonly scenario: Scenario; readonly isOfTheCourse: boolean }
	| { readonly ok: false; readonly problem: OpenProblem };

export function openScenario(file: Bytes): OpenAnswer {
	const answer = readScenario(file);
	if (!answer.ok) return answer;
	const { scenario } = answer;
	const known = SCENARIOS.find(({ id }) => id === scenario.id);
	if (!known) return { ok: true, scenario, isOfTheCourse: false };
	// a lesson of the course that somebody saved and sent on
	return isSame(known, scenario)
		? { ok: true, scenario: known, isOfTheCourse: true }
		: { ok: false, problem: { kind: 'IdTaken', id: scenario.id } };
}

/** Whatever the order of members is. */
function isSame(a: unknown, b: unknown): boolean {
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
	const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
	return (
		left.length === right.size &&
		left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
	);
}
