/** Long work in a worker: it reports progress, lets other calls run, and can be stopped. */
import { LONGEST_SLICE_MS } from './limits';
import type { WorkProgress } from './workspaces';

/** Thrown between two steps, before anything is stored. */
export class StoppedError extends Error {
	override readonly name = 'StoppedError';
}

export interface Work {
	/** Called between two steps. @throws {StoppedError} if the work was stopped */
	step(stage: WorkProgress['stage'], done: number, total: number): Promise<void>;
}

/** Work without progress reports that can't be stopped, but still lets other calls run. */
export function startWork(port?: MessagePort, nowMs: () => number = () => Date.now()): Work {
	let isStopped = false;
	let hasStarted = false;
	let lastMs = nowMs();
	if (port) {
		// any message from the other end means stop
		port.onmessage = () => {
			isStopped = true;
		};
	}
	return {
		async step(stage, done, total) {
			const isFirst = !hasStarted;
			hasStarted = true;
			// short work reports no progress, but can be stopped
			if (nowMs() - lastMs < LONGEST_SLICE_MS && !(isFirst && port)) return;
			if (!isFirst) port?.postMessage({ stage, done, total } satisfies WorkProgress);
			await new Promise((resolve) => setTimeout(resolve));
			if (isStopped) throw new StoppedError('stopped');
			lastMs = nowMs();
		}
	};
}
