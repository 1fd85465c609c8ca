/** How a scenario is called that a record names by its id alone. */
import { SCENARIOS } from '$lib/course/catalogue';
import type { Scenario } from '$lib/scenario/format';
import { localized } from '$lib/ui/learn/localized';

/** @param own scenarios beside those of the app. @returns the id where nobody knows more */
export function scenarioTitle(scenarioId: string, own: readonly Scenario[] = []): string {
	const scenario = [...SCENARIOS, ...own].find(({ id }) => id === scenarioId);
	return scenario ? localized(scenario.title) : scenarioId;
}
