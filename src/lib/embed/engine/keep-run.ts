/** An engine whose run goes on where it was kept: of several frames with one name, one begins it and all have it. */
import type { RunRow } from '../../learn/learn-database';
import type { Scenario } from '../../scenario/format';
import type { BeginOptions } from './api';
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
				const kept = options.goesOn ? await opened.runs.runs.get(RUN_ID) : undefined;
				if (!kept || !isSameBeginning(kept, scenario, options))
					await engine.begin(scenario, options);
			})
	};
}

/** A scenario of another text may have goals that the kept state leads to no more. */
function isSameBeginning(
	kept: Pick<RunRow, 'scenario' | 'exam'>,
	scenario: Scenario,
	{ exam, clockMs }: Pick<BeginOptions, 'exam' | 'clockMs'>
): boolean {
	const wanted = startingAt(scenario, clockMs);
	return kept.exam === exam && JSON.stringify(kept.scenario) === JSON.stringify(wanted);
}

/** Beginning empties the databases first: another frame must neither look nor begin meanwhile. */
async function alone(lock: string, work: () => Promise<void>): Promise<void> {
	// older browsers have no locks, and where the storage is blocked there is nothing to share
	const locks = navigator.locks as LockManager | undefined;
	const state = await locks?.query().catch(() => undefined);
	await (state ? locks?.request(lock, work) : work());
}
