/** Reads an untrusted scenario, including the last check, which the format can't express. */
import { SCENARIOS } from '$lib/course/catalogue';
import type { Bytes } from '$lib/domain/bytes';
import { isSameScenario, scenarioDigest, type KnownDigests } from '$lib/scenario/digest';
import type { Scenario } from '$lib/scenario/format';
import { readScenario } from '$lib/scenario/read-scenario';
import type { OpenProblem } from './problems';

export type OpenAnswer =
	| { readonly ok: true; readonly scenario: Scenario; readonly isOfTheCourse: boolean }
	| { readonly ok: false; readonly problem: OpenProblem };

/** @param digests of the course; none: a lesson of the course counts as one of one's own unless nothing in it differs */
export function openScenario(file: Bytes, digests: KnownDigests = {}): OpenAnswer {
	const answer = readScenario(file);
	if (!answer.ok) return answer;
	const { scenario } = answer;
	const known = SCENARIOS.find(({ id }) => id === scenario.id);
	if (!known) return { ok: true, scenario, isOfTheCourse: false };
	// a lesson of the course that was saved and shared, perhaps before its texts changed
	return isSameScenario(digests, known, scenarioDigest(scenario))
		? { ok: true, scenario: known, isOfTheCourse: true }
		: { ok: false, problem: { kind: 'IdTaken', id: scenario.id } };
}
