/** An engine that continues a stored run. Of several frames with the same name, one starts the run and all share it. */
import { changeRun } from '../../learn/change-run';
import type { RunRow } from '../../learn/learn-database';
import { playedDigest } from '../../scenario/digest';
import type { Scenario } from '../../scenario/format';
import { createEngine, RUN_ID, startingAt, type Opened } from './run';

/** @param lock names the databases among all frames of this origin */
export async function createKeepingEngine(
	opened: Opened,
	lock: string
): ReturnType<typeof createEngine> {
	const engine = await createEngine(opened);
	return {
		...engine,
		begin: (scenario, options) =>
			alone(lock, async () => {
				const wanted = startingAt(scenario, options.clockMs);
				// the run continues with the present texts, perhaps in another language
				const goesOn =
					options.goesOn &&
					(await changeRun(opened.runs, RUN_ID, (kept) =>
						isSameBeginning(kept, wanted, options.exam) ? { ...kept, scenario: wanted } : undefined
					));
				if (!goesOn) await engine.begin(scenario, options);
			})
	};
}

/** If the played parts of a scenario have changed, the stored state may no longer lead to its goals. */
const isSameBeginning = (
	kept: Pick<RunRow, 'scenario' | 'exam'>,
	wanted: Scenario,
	exam: boolean
): boolean => kept.exam === exam && playedDigest(kept.scenario) === playedDigest(wanted);

/** A start empties the databases first, so no other frame may read or start at the same time. */
async function alone(lock: string, work: () => Promise<void>): Promise<void> {
	// older browsers have no locks, and with blocked storage nothing is shared
	const locks = navigator.locks as LockManager | undefined;
	const state = await locks?.query().catch(() => undefined);
	await (state ? locks?.request(lock, work) : work());
}
