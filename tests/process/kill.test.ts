/**
 * The browser is killed at random moments, during imports, sweeps and updates. After a restart with the same profile, the
 * data must be complete. `KILLS` is the number of kills (10; 50 in `npm run test:all`), `SEED` repeats a run.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClock } from '../e2e/console';
import { BUILD, nextVersion, startHost, type Host } from '../e2e/host';
import { fillImport } from '../support/import-by-hand';
import { randomNumbers } from '../support/random-numbers';
import { faultsOf, readStored } from '../support/stored';
import { killChromium, removeFolder, startChromium } from './chromium';

const KILLS = Number(process.env['KILLS'] ?? 10);
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const MOST_KEYS = 12;
/** No operation takes longer, however busy the machine is. */
const LONGEST_MS = 2000;

/** Brings the page to the point of no return, and answers with the step that goes over it. */
type Act = (page: Page, keyId: string) => Promise<() => Promise<unknown>>;

let folder: string;
let profile: string;
let host: Host;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'kill-'));
	profile = join(folder, 'profile');
	nextVersion();
	host = await startHost();
});

afterAll(() => {
	killChromium(profile);
	host.stop();
	removeFolder(folder);
});

const createKey: Act = async (page) => {
	await page.goto(`${host.origin}/keys/create`);
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	return () => page.getByRole('button', { name: 'Create key' }).click();
};

const importMaterial: Act = async (page, keyId) => {
	await page.goto(`${host.origin}/keys/${keyId}`);
	return fillImport(page, folder);
};

const getMoreParameters: Act = async (page, keyId) => {
	await page.goto(`${host.origin}/keys/${keyId}/parameters`);
	return () => page.getByRole('button', { name: 'Get parameters' }).click();
};

/** Everything that was imported so far expires within a day. */
const sweep: Act = async (page) => {
	const panel = await openClock(page);
	return () => panel.getByRole('button', { name: '+24 h', exact: true }).click();
};

/** A killed browser may restart with either version. The lock that a page holds shows which one. */
async function serveAnotherThanRuns(page: Page): Promise<void> {
	const isNext = await page.evaluate(async () => {
		const { held = [] } = await navigator.locks.query();
		return held.some(({ name }) => name?.endsWith('::next'));
	});
	host.use(isNext ? BUILD : nextVersion());
}

const update: Act = async (page) => {
	await serveAnotherThanRuns(page);
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	const reload = page.getByRole('button', { name: 'Reload', exact: true });
	await reload.waitFor();
	return () => reload.click();
};

/** While it is downloaded. */
const download: Act = async (page) => {
	await serveAnotherThanRuns(page);
	return () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
};

interface Kind {
	readonly name: string;
	readonly act: Act;
	/** Whether it leaves an event in the log. */
	readonly isRecorded: boolean;
	/** Within so many times what an operation takes here the browser is killed. */
	readonly within: number;
}

const operation = (name: string, act: Act): Kind => ({ name, act, isRecorded: true, within: 1.5 });

const CREATE = operation('create', createKey);
const KINDS: readonly Kind[] = [
	operation('import', importMaterial),
	operation('import', importMaterial),
	operation('import', importMaterial),
	operation('sweep', sweep),
	operation('sweep', sweep),
	operation('parameters', getMoreParameters),
	{ name: 'update', act: update, isRecorded: false, within: 5 },
	{ name: 'download of an update', act: download, isRecorded: false, within: 8 }
];

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function openKeys(context: BrowserContext): Promise<Page> {
	const page = context.pages()[0] ?? (await context.newPage());
	await page.goto(`${host.origin}/keys`);
	await page.getByRole('heading', { level: 1, name: 'Customer management key' }).waitFor();
	// it says so when every file of one version was looked for
	await page.getByRole('link', { name: 'Offline-complete', exact: true }).waitFor();
	return page;
}

test(`${String(KILLS)} times: a browser finds complete data after it was killed`, async () => {
	console.log(`seed ${String(SEED)}`);
	const numbers = randomNumbers(SEED);
	const random = () => numbers() / 2 ** 32;
	const outcomes: Record<string, { killed: number; recorded: number }> = {};
	/** What an operation takes here, from the step until its event is stored. */
	let tookMs = 0;
	let before: { readonly what: string; readonly events: number } | undefined;

	for (let kill = 0; kill <= KILLS; kill += 1) {
		const context = await startChromium(profile);
		const page = await openKeys(context);
		const stored = await readStored(page);
		const what = before?.what ?? 'nothing';
		expect([kill, what, faultsOf(stored)]).toEqual([kill, what, []]);
		if (before) {
			expect(stored.events.length).toBeGreaterThanOrEqual(before.events);
			const outcome = (outcomes[what] ??= { killed: 0, recorded: 0 });
			outcome.killed += 1;
			if (stored.events.length > before.events) outcome.recorded += 1;
		}
		const waiting = stored.keys.filter(({ state }) => state === 'PENDING_IMPORT');
		const chosen = KINDS[Math.floor(random() * KINDS.length)];
		const needsKey = waiting.length === 0 || (stored.keys.length < MOST_KEYS && random() < 0.15);
		const kind = needsKey || !chosen ? CREATE : chosen;
		const step = await kind.act(page, waiting[Math.floor(random() * waiting.length)]?.keyId ?? '');
		const { length } = (await readStored(page)).events;
		before = { what: kind.name, events: length };
		const startedMs = performance.now();
		// it is killed while this goes on, and then answers with an error
		const going = step().catch(() => undefined);
		if (kind.isRecorded && (kill === 0 || random() < 0.3)) {
			// a clock that passes no deadline leaves nothing to wait for
			let isRecorded = false;
			while (!isRecorded && performance.now() < startedMs + LONGEST_MS) {
				await after(5);
				isRecorded = (await readStored(page)).events.length > length;
			}
			if (isRecorded) tookMs = performance.now() - startedMs;
			await after(random() * 20);
		} else await after(random() * kind.within * tookMs);
		killChromium(profile);
		await going;
		await context.close().catch(() => undefined);
	}
	console.table(outcomes);
});
