/** The cells of the state table as texts: of the page, and in English of `docs/fidelity.md`. */
import type { Verdict } from '$lib/domain/state-table';
import { m } from '$lib/paraglide/messages';

/** States and codes are the service's own words, the same in every language. */
export function outcomeText(verdict: Verdict): string {
	if ('refused' in verdict) return verdict.refused;
	if ('becomes' in verdict) return verdict.becomes;
	return m.fidelity_or({
		present: verdict.becomesWithMaterial,
		absent: verdict.becomesWithout
	});
}
