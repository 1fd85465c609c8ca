/** When a part of a page is shown: after the first answer to every query in it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awaitFirstAnswer, gatherFirstAnswers } from '$lib/client/first-answers.svelte';
import { watch, type Live } from '$lib/client/live.svelte';
import type { SandboxSettings } from '$lib/domain/settings';

/** The component that is being made, as far as the functions of Svelte know it. */
const component = vi.hoisted(() => ({
	contexts: new Map<unknown, unknown>(),
	ends: [] as (() => void)[]
}));
vi.mock('svelte', async (original) => ({
	...(await original<typeof import('svelte')>()),
	setContext: <T>(key: unknown, value: T): T => {
		component.contexts.set(key, value);
		return value;
	},
	getContext: (key: unknown) => component.contexts.get(key),
	onDestroy: (end: () => void) => component.ends.push(end)
}));

const worker = vi.hoisted(() => ({ connect: vi.fn() }));
vi.mock('$lib/client/worker', () => ({ connect: worker.connect }));

/** Through which the worker answers each query. */
const ports: MessagePort[] = [];

beforeEach(() => {
	worker.connect.mockResolvedValue({
		watch: (_name: string, _args: unknown, port: MessagePort) => {
			ports.push(port);
			return Promise.resolve();
		}
	});
});

afterEach(() => {
	for (const end of component.ends.splice(0)) end();
	for (const port of ports.splice(0)) port.close();
	component.contexts.clear();
});

/** As `live` does it; effects run only in a browser. @returns the answers in their order */
function query(): Live<SandboxSettings>[] {
	const told: Live<SandboxSettings>[] = [];
	const arrived = awaitFirstAnswer();
	component.ends.push(
		watch('settings', [], (answer) => {
			told.push(answer);
			arrived();
		})
	);
	return told;
}

const later = () => new Promise((done) => setTimeout(done, 20));

test('a part is shown once every first answer is there, and stays', async () => {
	const answers = gatherFirstAnswers();
	const first = awaitFirstAnswer();
	const second = awaitFirstAnswer();
	first();
	first();
	await later();
	expect(answers.here).toBe(false);
	second();
	await later();
	expect(answers.here).toBe(true);
	awaitFirstAnswer();
	expect(answers.here).toBe(true);
});

test('an answer that leads to another query is not the last one', async () => {
	const answers = gatherFirstAnswers();
	awaitFirstAnswer()();
	const inside = awaitFirstAnswer();
	await later();
	expect(answers.here).toBe(false);
	inside();
	await later();
	expect(answers.here).toBe(true);
});

test('a component that ends before its answer ends its wait', async () => {
	const answers = gatherFirstAnswers();
	const other = awaitFirstAnswer();
	const end = component.ends.length;
	awaitFirstAnswer();
	other();
	await later();
	expect(answers.here).toBe(false);
	component.ends[end]?.();
	await later();
	expect(answers.here).toBe(true);
});

test('outside of such a part nothing waits', () => {
	expect(awaitFirstAnswer()).not.toThrow();
});

test('a query that is answered ends its wait', async () => {
	const answers = gatherFirstAnswers();
	query();
	await vi.waitUntil(() => ports.length === 1);
	await later();
	expect(answers.here).toBe(false);
	ports[0]?.postMessage({ ok: true, rows: {} });
	await vi.waitUntil(() => answers.here);
	expect(answers.here).toBe(true);
});

test('a query that fails ends its wait, and says so', async () => {
	const answers = gatherFirstAnswers();
	const told = query();
	await vi.waitUntil(() => ports.length === 1);
	ports[0]?.postMessage({ ok: false, message: 'no such table' });
	await vi.waitUntil(() => answers.here);
	expect(told).toContainEqual({ status: 'failed', message: 'no such table' });
});

test('so does a query to a worker that cannot be reached', async () => {
	worker.connect.mockRejectedValue(new Error('no worker'));
	const answers = gatherFirstAnswers();
	const told = query();
	await vi.waitUntil(() => answers.here);
	expect(told).toContainEqual({ status: 'failed', message: 'Error: no worker' });
});
