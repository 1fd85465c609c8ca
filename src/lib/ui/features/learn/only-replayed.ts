/** What came in a file and was not finished here with credit: shown as such, counted nowhere. Pure. */
import type { Progress, Replayable } from '$lib/learn/learn';

export function onlyReplayed({
	completions,
	replayed
}: Pick<Progress, 'completions' | 'replayed'>): readonly Replayable[] {
	const credited = new Set(
		completions.filter(({ credit }) => credit).map(({ scenarioId }) => scenarioId)
	);
	return replayed.filter(({ scenarioId }) => !credited.has(scenarioId));
}
