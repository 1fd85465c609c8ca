/** The page's door to the terminal's worker, when the worker cannot be started, and when it is ended too early. */
import { expose } from 'comlink';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Terminal } from '$lib/client/terminal';
import type { TerminalApi } from '$lib/terminal/api';

const workbench = vi.hoisted(() => ({ readFiles: vi.fn(), changeFiles: vi.fn() }));
vi.mock('$lib/client/kms', () => ({ workbench }));
vi.mock('$lib/client/trusted-urls', () => ({ scriptUrl: (url: string) => url }));

const RESULT = { output: [], code: 0, written: [], removed: [] };
const never = () => new Promise<never>(() => undefined);

const api: TerminalApi = {
	ping: () => Promise.resolve(),
	prepare: () => Promise.resolve(true),
	commandsOf: (text) => Promise.resolve(text.split('\n')),
	run: () => Promise.resolve(RESULT)
};

/** What the next workers are; a text: the script cannot be loaded. */
let next: (TerminalApi | string)[];
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

beforeEach(() => {
	next = [];
	workers = [];
	vi.stubGlobal('Worker', FakeWorker);
	workbench.readFiles.mockResolvedValue([]);
	workbench.changeFiles.mockResolvedValue({ ok: true, value: null });
});

afterEach(() => {
	for (const worker of workers) worker.terminate();
	vi.unstubAllGlobals();
});

describe('a script that cannot be loaded', () => {
	test('is loaded again by the next who asks', async () => {
		next = ['404', '404'];
		const terminal = new Terminal();
		expect(await terminal.prepare()).toBe('unreachable');
		expect(await terminal.run('ls')).toEqual({ kind: 'failed' });
		expect(await terminal.prepare()).toBe('ready');
		expect(await terminal.run('ls')).toMatchObject({ kind: 'ran' });
		expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, true, false]);
	});

	test('fails all pending calls', async () => {
		next = ['404'];
		const terminal = new Terminal();
		const answers = [terminal.prepare(), terminal.run('ls'), terminal.commandsOf('ls\nls')];
		expect(await Promise.all(answers)).toEqual([
			'unreachable',
			{ kind: 'failed' },
			{ kind: 'failed' }
		]);
		expect(workers.length).toBe(1);
	});

	test('as one that the browser refuses', async () => {
		vi.stubGlobal('Worker', () => {
			throw new Error('refused');
		});
		const terminal = new Terminal();
		expect(await terminal.prepare()).toBe('unreachable');
		expect(await terminal.run('ls')).toEqual({ kind: 'failed' });
		vi.stubGlobal('Worker', FakeWorker);
		expect(await terminal.prepare()).toBe('ready');
	});
});

test('OpenSSL that cannot be loaded leaves the worker to the other commands', async () => {
	next = [{ ...api, prepare: () => Promise.reject(new TypeError('offline')) }];
	const terminal = new Terminal();
	expect(await terminal.prepare()).toBe('unreachable');
	expect(await terminal.run('ls')).toMatchObject({ kind: 'ran' });
	expect(workers.length).toBe(1);
});

test('all calls pending on an ended worker get an error', async () => {
	next = [{ ...api, prepare: never, run: never }];
	const terminal = new Terminal();
	const answers = [terminal.prepare(), terminal.run('sleep')];
	terminal.cancel();
	expect(await Promise.all(answers)).toEqual(['cancelled', { kind: 'cancelled' }]);
	expect(await terminal.prepare()).toBe('ready');
});

describe('files', () => {
	const changed = { ...RESULT, written: [{ name: 'a', bytes: new Uint8Array([1]) }] };

	test('for which there is no space: nothing of what was said is lost', async () => {
		next = [{ ...api, run: () => Promise.resolve(changed) }];
		workbench.changeFiles.mockResolvedValue({ ok: false, problem: 'StorageFull' });
		expect(await new Terminal().run('echo > a')).toEqual({
			kind: 'notKept',
			result: { output: [], code: 0 },
			problem: 'StorageFull'
		});
	});

	test('that cannot be read: a defect, which whoever asks hears', async () => {
		const closed = new Error('closed');
		workbench.readFiles.mockImplementation(() => Promise.reject(closed));
		await expect(new Terminal().run('ls')).rejects.toBe(closed);
		next = ['404'];
		await expect(new Terminal().run('ls')).rejects.toBe(closed);
	});

	test('that cannot be written: a defect as well', async () => {
		next = [{ ...api, run: () => Promise.resolve(changed) }];
		const closed = new Error('closed');
		workbench.changeFiles.mockRejectedValue(closed);
		await expect(new Terminal().run('echo > a')).rejects.toBe(closed);
	});

	test('of a command that is ended while they are read: it never runs', async () => {
		const run = vi.fn(() => Promise.resolve(RESULT));
		next = [{ ...api, run }];
		let give!: (files: []) => void;
		workbench.readFiles.mockReturnValue(new Promise((resolve) => (give = resolve)));
		const terminal = new Terminal();
		const answer = terminal.run('ls');
		terminal.cancel();
		give([]);
		expect(await answer).toEqual({ kind: 'cancelled' });
		expect(run).not.toHaveBeenCalled();
		expect(workers.length).toBe(1);
	});
});
