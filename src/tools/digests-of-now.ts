/** The digests that `course/digests.json` must contain. */
import {
	playedDigest,
	scenarioDigest,
	type KnownDigests,
	type ScenarioDigests
} from '../lib/scenario/digest';
import type { Scenario } from '../lib/scenario/format';

/** @returns all recorded digests followed by the present ones, and the IDs of the scenarios that were not yet recorded */
export function withDigestsOfNow(
	recorded: KnownDigests,
	scenarios: readonly Scenario[]
): { readonly digests: KnownDigests; readonly added: readonly string[] } {
	const digests = new Map<string, readonly ScenarioDigests[]>(Object.entries(recorded));
	const added: string[] = [];
	for (const scenario of scenarios) {
		const now = { sha256: scenarioDigest(scenario), played: playedDigest(scenario) };
		const known = digests.get(scenario.id) ?? [];
		if (known.some(({ sha256, played }) => sha256 === now.sha256 && played === now.played))
			continue;
		digests.set(scenario.id, [...known, now]);
		added.push(scenario.id);
	}
	return { digests: Object.fromEntries(digests), added };
}
