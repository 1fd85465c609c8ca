/** Long work in a worker: it says how far it is, lets other calls in between, and can be stopped. */
import { LONGEST_SLICE_MS } from './limits';
import type { WorkProgress } from './workspaces';

/** Thrown between two steps, before anything is stored. */
export class StoppedError extends Error {
	override readonly name = 'StoppedError';
}

export interface Work {
	/** Between two steps. @throws {StoppedError} when nobody waits for the result any more */
	step(stage: WorkProgress['stage'], done: number, total: number): Promise<void>;
}

/** Nobody looks on, and nobody can stop it. It lets others in between all the same. */
export function startWork(port?: MessagePort, nowMs: () => number = () => Date.now()): Work {
	let isStopped = false;
	let hasStarted = false;
	let lastMs = nowMs();
	if (port) {
		// whatever comes from the other end is the word to stop
		port.onmessage = () => {
			isStopped = true;
		};
	}
	return {
		async step(stage, done, total) {
			const isFirst = !hasStarted;
			hasStarted = true;
			// short work says nothing, but hears the word to stop
			if (nowMs() - lastMs < LONGEST_SLICE_MS && !(isFirst && port)) return;
			if (!isFirst) port?.postMessage({ stage, done, total } satisfies WorkProgress);
			await new Promise((resolve) => setTimeout(resolve));
			if (isStopped) throw new StoppedError('stopped');
			lastMs = nowMs();
		}
	};
}
