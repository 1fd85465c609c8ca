/** The page's only door to the worker. Started on first use, so that nothing of it delays the first paint. */
import type { Remote } from 'comlink';
import type { WorkerApi } from '../worker/api';
import workerUrl from '../worker/kms.worker?worker&url';
import { scriptUrl } from './trusted-urls';

let connection: Promise<Remote<WorkerApi>> | undefined;

export function connect(): Promise<Remote<WorkerApi>> {
	return (connection ??= start());
}

async function start(): Promise<Remote<WorkerApi>> {
	const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'kms' });
	const { wrap } = await import('comlink');
	return wrap<WorkerApi>(worker);
}
