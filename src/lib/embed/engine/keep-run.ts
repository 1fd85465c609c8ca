/** An engine whose run goes on where it was kept: of several frames with one name, one begins it and all have it. */
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
				// it goes on in the words of now, which may be another language
				const goesOn =
					options.goesOn &&
					(await changeRun(opened.runs, RUN_ID, (kept) =>
						isSameBeginning(kept, wanted, options.exam) ? { ...kept, scenario: wanted } : undefined
					));
				if (!goesOn) await engine.begin(scenario, options);
			})
	};
}

/** A scenario that is played differently may have goals that the kept state leads to no more. */
const isSameBeginning = (
	kept: Pick<RunRow, 'scenario' | 'exam'>,
	wanted: Scenario,
	exam: boolean
): boolean => kept.exam === exam && playedDigest(kept.scenario) === playedDigest(wanted);

/** Beginning empties the databases first: another frame must neither look nor begin meanwhile. */
async function alone(lock: string, work: () => Promise<void>): Promise<void> {
	// older browsers have no locks, and where the storage is blocked there is nothing to share
	const locks = navigator.locks as LockManager | undefined;
	const state = await locks?.query().catch(() => undefined);
	await (state ? locks?.request(lock, work) : work());
}
