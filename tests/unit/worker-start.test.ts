/** The page's door to the worker, when the worker cannot be started. */
import { expose } from 'comlink';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';

vi.mock('$lib/client/trusted-urls', () => ({ scriptUrl: (url: string) => url }));
vi.mock('$lib/client/workspace', () => ({ currentWorkspaceId: () => 'main' }));

type Api = { readonly storageMode: () => Promise<string> };
const api: Api = { storageMode: () => Promise.resolve('indexeddb') };

/** What the next workers are; a text: the script cannot be loaded. */
let next: (Api | string)[];
let workers: FakeWorker[];

class FakeWorker {
	onerror: ((event: { readonly message: string }) => void) | undefined;
	isEnded = false;
	readonly #channel = new MessageChannel();
	readonly addEventListener = this.#channel.port2.addEventListener.bind(this.#channel.port2);
	readonly removeEventListener = this.#channel.port2.removeEventListener.bind(this.#channel.port2);
	readonly start = this.#channel.port2.start.bind(this.#channel.port2);

	constructor() {
		workers.push(this);
		const offered = next.shift() ?? api;
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

async function openDoor() {
	vi.resetModules();
	return (await import('$lib/client/worker')).connect;
}

beforeEach(() => {
	next = [];
	workers = [];
	vi.stubGlobal('Worker', FakeWorker);
});

afterEach(() => {
	for (const worker of workers) worker.terminate();
	vi.unstubAllGlobals();
});

test.each<[string, Api | string]>([
	['that cannot be loaded', '404'],
	['that cannot open its database', { storageMode: () => Promise.reject(new Error('no')) }]
])('a worker %s is ended, and the next call starts another', async (_, broken) => {
	next = [broken];
	const connect = await openDoor();
	await expect(connect()).rejects.toThrow();
	expect(workers.map(({ isEnded }) => isEnded)).toEqual([true]);
	expect(await (await connect()).storageMode()).toBe('indexeddb');
	expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
});

test('whatever the worker fails with, and whenever, somebody hears it', async () => {
	const unheard = vi.fn();
	process.on('unhandledRejection', unheard);
	onTestFinished(() => void process.off('unhandledRejection', unheard));
	// Comlink takes its time
	vi.doMock('comlink', async (load) => {
		await new Promise((resolve) => setTimeout(resolve, 20));
		return load();
	});
	onTestFinished(() => {
		vi.doUnmock('comlink');
	});
	next = ['404'];
	const connect = await openDoor();
	await expect(connect()).rejects.toThrow('404');
	await connect();
	workers[1]?.onerror?.({ message: 'later' });
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(unheard).not.toHaveBeenCalled();
});
