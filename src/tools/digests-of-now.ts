/** What `course/digests.json` has to say of scenarios. */
import {
	playedDigest,
	scenarioDigest,
	type KnownDigests,
	type ScenarioDigests
} from '../lib/scenario/digest';
import type { Scenario } from '../lib/scenario/format';

/** @returns all that is recorded, with what the scenarios are now behind it, and the ids of those that were not recorded */
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
