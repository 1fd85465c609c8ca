/** What the engine of an embed offers to its frame: the parts of the worker's door that the console's parts ask for. */
import type { ProxyMarked } from 'comlink';
import type { StateControls } from '../../domain/sandbox';
import type { EpochMs } from '../../domain/time';
import type { Learn } from '../../learn/learn';
import type { Scenario } from '../../scenario/format';
import type { WorkerApi } from '../../worker/api';

export interface BeginOptions {
	readonly seed: number;
	readonly exam: boolean;
	/** Whether a run that was kept in this browser goes on, if it began with all of this; absent: it does not. */
	readonly goesOn?: boolean;
	/** What the sandbox clock shows at the start; absent: what the scenario says. */
	readonly clockMs?: EpochMs;
}

/** `watch('progress', …)` is not offered: nothing that was finished is kept. */
export interface EmbedEngine extends Pick<
	WorkerApi,
	'kms' | 'workbench' | 'diagnostician' | 'storageMode' | 'watch'
> {
	readonly sandbox: StateControls & ProxyMarked;
	readonly learn: Pick<Learn, 'answer' | 'takeHint' | 'showSolution' | 'performNext' | 'finish'> &
		ProxyMarked;
	/**
	 * Answers as soon as the engine's script runs, before anything is open.
	 *
	 * @param laterUrl where its later script is (`engine-later.js`), absolute
	 */
	start(laterUrl: string): Promise<void>;
	/** Empties everything, brings it to the start state of the scenario, and opens a run, unless one goes on. Also how a demo is reset. */
	begin(scenario: Scenario, options: BeginOptions): Promise<void>;
	/** What was done so far, as a scenario whose start is this state: to be opened in the whole sandbox. */
	stateScenario(): Promise<Scenario>;
}
