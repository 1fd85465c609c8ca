/** Starts a worker behind Comlink: the same for every worker of the page. */
import type { Remote } from 'comlink';
import { asLoadFailure, LoadFailure } from '../domain/load-failure';

/**
 * A worker without its script answers nothing, so it is asked a first question before it is used. A worker that can't be
 * started is ended: it would hold its locks and its database.
 *
 * @throws what the worker fails with
 */
export async function startWorker<Api>(
	worker: Worker,
	ask: (remote: Remote<Api>) => Promise<unknown>
): Promise<Remote<Api>> {
	const broken = new Promise<never>((_resolve, reject) => {
		worker.onerror = (event) => {
			// a script that was not loaded throws nothing
			reject(
				event.message ? new Error(event.message) : new LoadFailure('the worker could not be loaded')
			);
		};
	});
	try {
		// raced from the start, so that a rejection of `broken` is always handled
		const { wrap } = await Promise.race([import('comlink').catch(asLoadFailure), broken]);
		const remote = wrap<Api>(worker);
		await Promise.race([ask(remote), broken]);
		return remote;
	} catch (error) {
		worker.terminate();
		throw error;
	}
}
