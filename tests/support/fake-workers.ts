/** Workers of a page, in this thread: each answers as the test says, or its script can't be loaded. */
import { expose } from 'comlink';
import { afterEach, beforeEach, vi } from 'vitest';

interface FakeWorker {
	onerror: ((event: { readonly message: string }) => void) | undefined;
	readonly isEnded: boolean;
	terminate(): void;
}

export interface FakeWorkers<Api> {
	/** What the next workers offer; a text: the error of a script that can't be loaded. Empty: the usual API. */
	next: (Api | string)[];
	/** All that were started, in their order. */
	workers: FakeWorker[];
}

/** Stands for `Worker` in every test of the file. */
export function fakeWorkers<Api extends object>(usual: Api): FakeWorkers<Api> {
	const state: FakeWorkers<Api> = { next: [], workers: [] };

	class Fake implements FakeWorker {
		onerror: FakeWorker['onerror'];
		isEnded = false;
		readonly #channel = new MessageChannel();
		readonly addEventListener = this.#channel.port2.addEventListener.bind(this.#channel.port2);
		readonly removeEventListener = this.#channel.port2.removeEventListener.bind(
			this.#channel.port2
		);
		readonly start = this.#channel.port2.start.bind(this.#channel.port2);

		constructor() {
			state.workers.push(this);
			const offered = state.next.shift() ?? usual;
			if (typeof offered === 'string') queueMicrotask(() => this.onerror?.({ message: offered }));
			else expose(offered, this.#channel.port1);
		}

		postMessage(message: unknown): void {
			this.#channel.port2.postMessage(message);
		}

		terminate(): void {
			this.isEnded = true;
			this.#channel.port1.close();
		}
	}

	beforeEach(() => {
		state.next = [];
		state.workers = [];
		vi.stubGlobal('Worker', Fake);
	});
	afterEach(() => {
		for (const worker of state.workers) worker.terminate();
		vi.unstubAllGlobals();
	});
	return state;
}
