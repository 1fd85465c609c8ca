/** A stored state continues only if the same demo is requested again. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { generateServiceKeys } from '../../src/lib/crypto/service-keys';
import { openTray } from '../../src/lib/customer/tray';
import { DEMOS } from '../../src/lib/embed/demos';
import type { BeginOptions } from '../../src/lib/embed/engine/api';
import { createKeepingEngine } from '../../src/lib/embed/engine/keep-run';
import { openRunDatabase, RUN_ID } from '../../src/lib/embed/engine/run';
import type { Scenario } from '../../src/lib/scenario/format';
import { openMemoryStore } from '../../src/lib/storage/open-store';

const scenario = scenarioOf('create');
const options: BeginOptions = { seed: scenario.seed, exam: false, goesOn: true };
const clockMs = Date.parse('2026-03-02T09:00:00Z');

function scenarioOf(name: string): Scenario {
	const demo = DEMOS.find((one) => one.name === name);
	if (!demo) throw new Error(`there is no demo ${name}`);
	return demo.scenario;
}

/** Not every Node.js has locks. This replacement runs all requests one after another, for any lock name. */
function locksInTurn() {
	let last: Promise<unknown> = Promise.resolve();
	return {
		query: () => Promise.resolve({}),
		request: (_: string, work: () => Promise<unknown>) => (last = last.then(work))
	};
}

beforeAll(() => {
	vi.stubGlobal('navigator', { locks: locksInTurn() });
});
afterAll(() => {
	vi.unstubAllGlobals();
});

/** Two frames of one browser, and a mark that the next beginning takes away. */
async function twoFrames() {
	const store = await openMemoryStore(generateServiceKeys);
	const tray = await openTray('tray', store.options);
	const runs = await openRunDatabase('run', store.options);
	const loadLater = () => Promise.reject(new Error('nothing is loaded later here'));
	const frame = () => createKeepingEngine({ store, tray, runs, loadLater }, 'embed-begin/create');
	const [first, second] = await Promise.all([frame(), frame()]);
	return {
		...{ first, second },
		mark: () => runs.runs.update(RUN_ID, { hints: 7 }),
		isMarked: async () => (await runs.runs.get(RUN_ID))?.hints === 7,
		title: async () => (await runs.runs.get(RUN_ID))?.scenario.title
	};
}

test('a state continues when the same demo is requested', async () => {
	const { first, second, mark, isMarked } = await twoFrames();
	await first.begin(scenario, { ...options, clockMs });
	await mark();
	await second.begin(structuredClone(scenario), { ...options, clockMs });
	expect(await isMarked()).toBe(true);
});

test('a state continues with the new texts when only texts have changed', async () => {
	const { first, second, mark, isMarked, title } = await twoFrames();
	await first.begin(scenario, options);
	await mark();
	const renamed = { ...scenario, title: { en: 'Other words', 'zh-CN': '其他说法' } };
	await second.begin(renamed, options);
	expect(await isMarked()).toBe(true);
	expect(await title()).toEqual(renamed.title);
});

test.each<[string, Scenario, BeginOptions]>([
	['by itself', scenario, { ...options, goesOn: false }],
	['as an exam', scenario, { ...options, exam: true }],
	['at another time', scenario, { ...options, clockMs }],
	['with other goals', { ...scenario, goals: [] }, options],
	['as another demo', scenarioOf('upload'), options]
])('a demo that is started %s starts over', async (_, asked, how) => {
	const { first, second, mark, isMarked } = await twoFrames();
	await first.begin(scenario, options);
	await mark();
	await second.begin(asked, how);
	expect(await isMarked()).toBe(false);
});

test('two frames that start at the same time share one start', async () => {
	const { first, second, isMarked, mark } = await twoFrames();
	await Promise.all([first.begin(scenario, options).then(mark), second.begin(scenario, options)]);
	expect(await isMarked()).toBe(true);
});
