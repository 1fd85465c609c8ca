/** A scenario as a file that authors can edit, that the app opens, and that `npm run scenario` replays. */
import { SCENARIO_FILE_ENDING } from '$lib/domain/sandbox';
import type { Scenario } from '$lib/scenario/format';
import { saveFile } from '$lib/ui/kit/save-file';

/** @returns the name of the file */
export function saveScenario(scenario: Scenario): string {
	const name = `${scenario.id}${SCENARIO_FILE_ENDING}`;
	saveFile(name, new TextEncoder().encode(`${JSON.stringify(scenario, null, '\t')}\n`));
	return name;
}
