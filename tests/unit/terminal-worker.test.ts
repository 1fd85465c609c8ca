/** The page's door to the terminal's worker, when the worker cannot be started, and when it is ended too early. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Terminal } from '$lib/client/terminal';
import type { TerminalApi } from '$lib/terminal/api';
import { fakeWorkers } from '../support/fake-workers';

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

const fake = fakeWorkers(api);

beforeEach(() => {
	workbench.readFiles.mockResolvedValue([]);
	workbench.changeFiles.mockResolvedValue({ ok: true, value: null });
});

describe('a script that cannot be loaded', () => {
	test('is loaded again by the next who asks', async () => {
		fake.next = ['404', '404'];
		const terminal = new Terminal();
		expect(await terminal.prepare()).toBe('unreachable');
		expect(await terminal.run('ls')).toEqual({ kind: 'failed' });
		expect(await terminal.prepare()).toBe('ready');
		expect(await terminal.run('ls')).toMatchObject({ kind: 'ran' });
		expect(fake.workers.map(({ isEnded }) => isEnded)).toEqual([true, true, false]);
	});

	test('fails all pending calls', async () => {
		fake.next = ['404'];
		const terminal = new Terminal();
		const answers = [terminal.prepare(), terminal.run('ls'), terminal.commandsOf('ls\nls')];
		expect(await Promise.all(answers)).toEqual([
			'unreachable',
			{ kind: 'failed' },
			{ kind: 'failed' }
		]);
		expect(fake.workers.length).toBe(1);
	});

	test('as one that the browser refuses', async () => {
		const { Worker } = globalThis;
		vi.stubGlobal('Worker', () => {
			throw new Error('refused');
		});
		const terminal = new Terminal();
		expect(await terminal.prepare()).toBe('unreachable');
		expect(await terminal.run('ls')).toEqual({ kind: 'failed' });
		vi.stubGlobal('Worker', Worker);
		expect(await terminal.prepare()).toBe('ready');
	});
});

test('OpenSSL that cannot be loaded leaves the worker to the other commands', async () => {
	fake.next = [{ ...api, prepare: () => Promise.reject(new TypeError('offline')) }];
	const terminal = new Terminal();
	expect(await terminal.prepare()).toBe('unreachable');
	expect(await terminal.run('ls')).toMatchObject({ kind: 'ran' });
	expect(fake.workers.length).toBe(1);
});

test('all calls pending on an ended worker get an error', async () => {
	fake.next = [{ ...api, prepare: never, run: never }];
	const terminal = new Terminal();
	const answers = [terminal.prepare(), terminal.run('sleep')];
	terminal.cancel();
	expect(await Promise.all(answers)).toEqual(['cancelled', { kind: 'cancelled' }]);
	expect(await terminal.prepare()).toBe('ready');
});

describe('files', () => {
	const changed = { ...RESULT, written: [{ name: 'a', bytes: new Uint8Array([1]) }] };

	test('on a full disk: the output is kept', async () => {
		fake.next = [{ ...api, run: () => Promise.resolve(changed) }];
		workbench.changeFiles.mockResolvedValue({ ok: false, problem: 'StorageFull' });
		expect(await new Terminal().run('echo > a')).toEqual({
			kind: 'notKept',
			result: { output: [], code: 0 },
			problem: 'StorageFull'
		});
	});

	test('that cannot be read: the caller gets the defect', async () => {
		const closed = new Error('closed');
		workbench.readFiles.mockImplementation(() => Promise.reject(closed));
		await expect(new Terminal().run('ls')).rejects.toBe(closed);
		fake.next = ['404'];
		await expect(new Terminal().run('ls')).rejects.toBe(closed);
	});

	test('that cannot be written: a defect as well', async () => {
		fake.next = [{ ...api, run: () => Promise.resolve(changed) }];
		const closed = new Error('closed');
		workbench.changeFiles.mockRejectedValue(closed);
		await expect(new Terminal().run('echo > a')).rejects.toBe(closed);
	});

	test('of a command that is ended while they are read: it never runs', async () => {
		const run = vi.fn(() => Promise.resolve(RESULT));
		fake.next = [{ ...api, run }];
		let give!: (files: []) => void;
		workbench.readFiles.mockReturnValue(new Promise((resolve) => (give = resolve)));
		const terminal = new Terminal();
		const answer = terminal.run('ls');
		terminal.cancel();
		give([]);
		expect(await answer).toEqual({ kind: 'cancelled' });
		expect(run).not.toHaveBeenCalled();
		expect(fake.workers.length).toBe(1);
	});
});
