import type { Scenario } from '$lib/scenario/format';

/** A scenario that no demo of this app is. */
export interface OwnScenario {
	readonly scenario: Scenario;
	/** The end of an address that holds it, from `#s=` on. */
	readonly fragment: string;
}
