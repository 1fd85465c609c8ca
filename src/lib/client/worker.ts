/** The page's only door to the worker. Started on first use, so that nothing of it delays the first paint. */
import type { Remote } from 'comlink';
import type { WorkerApi } from '../worker/api';
import workerUrl from '../worker/kms.worker?worker&url';
import { scriptUrl } from './trusted-urls';
import { currentWorkspaceId } from './workspace';

let connection: Promise<Remote<WorkerApi>> | undefined;

/** @throws when the browser cannot start the worker; the next call tries again */
export function connect(): Promise<Remote<WorkerApi>> {
	connection ??= start().catch((error: unknown) => {
		connection = undefined;
		throw error;
	});
	return connection;
}

async function start(): Promise<Remote<WorkerApi>> {
	const worker = new Worker(scriptUrl(workerUrl), {
		type: 'module',
		name: currentWorkspaceId()
	});
	// A worker whose script is missing or broken answers nothing, for ever: without this, calls would hang.
	const broken = new Promise<never>((_resolve, reject) => {
		worker.onerror = (event) => {
			reject(new Error(event.message || 'the worker could not be started'));
		};
	});
	try {
		// raced at once: `broken` may reject at any time, and somebody has to hear it
		const { wrap } = await Promise.race([import('comlink'), broken]);
		const remote = wrap<WorkerApi>(worker);
		await Promise.race([remote.storageMode(), broken]);
		return remote;
	} catch (error) {
		// it would hold its locks and its database beside the one that the next call starts
		worker.terminate();
		throw error;
	}
}
