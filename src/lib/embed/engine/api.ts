/** The API of an embed's engine for its frame: the parts of the worker's API that the console's components need. */
import type { ProxyMarked } from 'comlink';
import type { StateControls } from '../../domain/sandbox';
import type { EpochMs } from '../../domain/time';
import type { Learn } from '../../learn/learn';
import type { Scenario } from '../../scenario/format';
import type { WorkerApi } from '../../worker/api';

export interface BeginOptions {
	readonly seed: number;
	readonly exam: boolean;
	/** Whether a stored run with the same start continues. Absent: no. */
	readonly goesOn?: boolean;
	/** The sandbox time at the start. Absent: the scenario's time. */
	readonly clockMs?: EpochMs;
}

/** `watch('progress', …)` is not available, because an embed doesn't store finished runs. */
export interface EmbedEngine extends Pick<
	WorkerApi,
	'kms' | 'workbench' | 'diagnostician' | 'storageMode' | 'watch'
> {
	readonly sandbox: StateControls & ProxyMarked;
	readonly learn: Pick<Learn, 'answer' | 'takeHint' | 'showSolution' | 'performNext' | 'finish'> &
		ProxyMarked;
	/**
	 * Resolves as soon as the engine's script runs, before any database is open.
	 *
	 * @param laterUrl the absolute address of the engine's later script (`engine-later.js`)
	 */
	start(laterUrl: string): Promise<void>;
	/** Continues a stored run; otherwise resets everything to the scenario's start state and opens a run. Also resets a demo. */
	begin(scenario: Scenario, options: BeginOptions): Promise<void>;
	/** The present state as the start of a scenario, for opening in the full sandbox. */
	stateScenario(): Promise<Scenario>;
}
