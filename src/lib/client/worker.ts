/** The page's only door to the worker. Started on first use, so that nothing of it delays the first paint. */
import type { Remote } from 'comlink';
import type { WorkerApi } from '../worker/api';
import workerUrl from '../worker/kms.worker?worker&url';
import { startWorker } from './start-worker';
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

function start(): Promise<Remote<WorkerApi>> {
	const name = currentWorkspaceId();
	const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name });
	return startWorker<WorkerApi>(worker, (remote) => remote.storageMode());
}
