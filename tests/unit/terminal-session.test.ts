/** What the terminal shows and when: over a worker of which only the answers are known. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { LineAnswer, Readiness } from '$lib/client/terminal';

const worker = vi.hoisted(() => ({
	prepare: vi.fn<() => Promise<Readiness | 'cancelled'>>(),
	commandsOf: vi.fn(),
	run: vi.fn<(line: string) => Promise<LineAnswer>>(),
	cancel: vi.fn()
}));
vi.mock('$lib/client/terminal', () => ({
	Terminal: class {
		prepare = worker.prepare;
		commandsOf = worker.commandsOf;
		run = worker.run;
		cancel = worker.cancel;
	}
}));

const RAN: LineAnswer = { kind: 'ran', result: { output: [], code: 0 } };

async function openSession() {
	vi.resetModules();
	return (await import('$lib/ui/features/terminal/session.svelte')).session;
}

beforeEach(() => {
	vi.resetAllMocks();
	worker.commandsOf.mockImplementation((text: string) =>
		Promise.resolve({ kind: 'answered', value: text.split('\n') })
	);
	worker.run.mockResolvedValue(RAN);
});

const ran = () => worker.run.mock.calls.map(([line]) => line);

test('commands run as the shell takes the text apart', async () => {
	worker.commandsOf.mockResolvedValue({ kind: 'answered', value: ['a |\nb', 'c'] });
	const session = await openSession();
	await session.runAll('a |\nb\nc');
	expect(ran()).toEqual(['a |\nb', 'c']);
	expect(session.entries.map(({ line }) => line)).toEqual(['a |\nb', 'c']);
	expect(session.history).toEqual(['a |\nb', 'c']);
	expect(session.running).toBeUndefined();
});

test.each<[string, LineAnswer]>([
	[
		'Syntax',
		{ kind: 'ran', result: { output: [], code: 2, problem: { kind: 'Syntax', at: '&&' } } }
	],
	[
		'Unsupported',
		{ kind: 'ran', result: { output: [], code: 2, problem: { kind: 'Unsupported', at: '$' } } }
	],
	['cancelled', { kind: 'cancelled' }],
	['failed', { kind: 'failed' }]
])('nothing runs after: %s', async (_, answer) => {
	worker.run.mockResolvedValueOnce(RAN).mockResolvedValueOnce(answer);
	const session = await openSession();
	await session.runAll('a\nb\nc');
	expect(ran()).toEqual(['a', 'b']);
	expect(session.entries.at(-1)?.output.at(-1)?.stream).toBe('note');
});

test('a command that fails ends nothing', async () => {
	worker.run.mockResolvedValueOnce({ kind: 'ran', result: { output: [], code: 1 } });
	const session = await openSession();
	await session.runAll('a\nb');
	expect(ran()).toEqual(['a', 'b']);
});

test.each(['cancelled', 'failed'])('a text that is not taken apart: %s', async (kind) => {
	worker.commandsOf.mockResolvedValue({ kind });
	const session = await openSession();
	await session.runAll('a\nb');
	expect(ran()).toEqual([]);
	expect(session.entries).toMatchObject([{ line: 'a\nb', output: [{ stream: 'note' }] }]);
	expect(session.history).toEqual(['a\nb']);
	expect(session.running).toBeUndefined();
});

test('help needs no worker', async () => {
	const session = await openSession();
	await session.runAll('help');
	expect(worker.commandsOf).not.toHaveBeenCalled();
	expect(session.entries.length).toBe(1);
});

test('cancelling while OpenSSL loads loads it again', async () => {
	let end!: (readiness: 'cancelled') => void;
	worker.prepare
		.mockReturnValueOnce(
			new Promise((resolve) => {
				end = resolve;
			})
		)
		.mockResolvedValueOnce('ready');
	worker.cancel.mockImplementation(() => {
		end('cancelled');
	});
	const session = await openSession();
	const prepared = session.prepare();
	session.cancel();
	await prepared;
	expect(worker.prepare).toHaveBeenCalledTimes(2);
	await vi.waitFor(() => {
		expect(session.readiness).toBe('ready');
	});
});

test('one that could not be loaded is tried again', async () => {
	worker.prepare.mockResolvedValueOnce('unreachable').mockResolvedValueOnce('ready');
	const session = await openSession();
	await session.prepare();
	expect(session.readiness).toBe('unreachable');
	await session.prepare();
	expect(session.readiness).toBe('ready');
});

test('Stop ends the whole text, even when the command that runs had ended already', async () => {
	const session = await openSession();
	worker.run.mockImplementationOnce(() => {
		session.cancel();
		return Promise.resolve(RAN);
	});
	await session.runAll('a\nb\nc');
	expect(ran()).toEqual(['a']);
	expect(session.entries.at(-1)).toMatchObject({ line: null, output: [{ stream: 'note' }] });
	expect(session.entries.at(-1)?.output[0]?.text).toMatch(/^2 /);
	await session.runAll('d');
	expect(ran()).toEqual(['a', 'd']);
});

test('Stop while a text is taken apart runs nothing of it', async () => {
	const session = await openSession();
	worker.commandsOf.mockImplementationOnce((text: string) => {
		session.cancel();
		return Promise.resolve({ kind: 'answered', value: text.split('\n') });
	});
	await session.runAll('a\nb');
	expect(ran()).toEqual([]);
	expect(session.entries).toMatchObject([{ line: 'a\nb', output: [{ stream: 'note' }] }]);
});

test('Stop can be pressed between two commands', async () => {
	const session = await openSession();
	const seen: unknown[] = [];
	worker.run.mockImplementation(() => {
		void Promise.resolve().then(() => seen.push(session.running));
		return Promise.resolve(RAN);
	});
	await session.runAll('a\nb');
	expect(seen).toEqual(['a', 'b']);
	expect(session.running).toBeUndefined();
});

test('the scroll-back and the history keep the newest, up to a most', async () => {
	const session = await openSession();
	const text = 'x'.repeat(50_000);
	worker.run.mockResolvedValue({
		kind: 'ran',
		result: {
			output: [
				{ stream: 'stdout', text },
				{ stream: 'stderr', text }
			],
			code: 0
		}
	});
	for (let index = 0; index < 60; index++) await session.runAll(`${String(index)} ${text}`);
	const shown = session.entries.flatMap(({ line, output }) => [
		line?.length ?? 0,
		...output.map((part) => part.text.length)
	]);
	expect(shown.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(400_000);
	expect(session.history.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(200_000);
	expect(session.entries.at(-1)?.line).toMatch(/^59 /);
	expect(session.entries.at(-1)?.output.map(({ stream }) => stream)).toEqual(['stdout', 'note']);
});

test('a text that is too long is not run, and says so', async () => {
	const session = await openSession();
	await session.runAll('x'.repeat(65_537));
	expect(ran()).toEqual([]);
	expect(session.entries).toMatchObject([{ output: [{ stream: 'note' }] }]);
});
