/**
 * The browser is killed at random moments, during imports, sweeps and updates. Whatever it finds when it is started again
 * over the same profile must be of one piece. `KILLS` is how often (50), `SEED` repeats a run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClock } from '../e2e/console';
import { BUILD, nextVersion, startHost, type Host } from '../e2e/host';
import { fillImport } from '../support/import-by-hand';
import { faultsOf, readStored } from '../support/stored';
import { killChromium, startChromium } from './chromium';

const KILLS = Number(process.env['KILLS'] ?? 50);
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const MOST_KEYS = 12;

/** Brings the page to the point of no return, and answers with the step that goes over it. */
type Act = (page: Page, keyId: string) => Promise<() => Promise<unknown>>;

let folder: string;
let profile: string;
let host: Host;
let version: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'kill-'));
	profile = join(folder, 'profile');
	version = BUILD;
	nextVersion();
	host = await startHost();
});

afterAll(() => {
	killChromium(profile);
	host.stop();
	// what was killed may still be writing
	rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** Mulberry32: small, and the same everywhere. */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

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

const update: Act = async (page) => {
	version = version === BUILD ? nextVersion() : BUILD;
	host.use(version);
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	const reload = page.getByRole('button', { name: 'Reload', exact: true });
	await reload.waitFor();
	return () => reload.click();
};

/** While it is downloaded. */
const download: Act = (page) => {
	version = version === BUILD ? nextVersion() : BUILD;
	host.use(version);
	return Promise.resolve(() =>
		page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
	);
};

interface Kind {
	readonly name: string;
	readonly act: Act;
	/** Within so many milliseconds after the step the browser is killed. */
	readonly withinMs: number;
}

const KINDS: readonly Kind[] = [
	{ name: 'import', act: importMaterial, withinMs: 120 },
	{ name: 'import', act: importMaterial, withinMs: 120 },
	{ name: 'import', act: importMaterial, withinMs: 600 },
	{ name: 'sweep', act: sweep, withinMs: 150 },
	{ name: 'sweep', act: sweep, withinMs: 150 },
	{ name: 'parameters', act: getMoreParameters, withinMs: 150 },
	{ name: 'update', act: update, withinMs: 800 },
	{ name: 'download of an update', act: download, withinMs: 1500 }
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

test(`${String(KILLS)} times: a browser that was killed finds everything of one piece`, async () => {
	console.log(`seed ${String(SEED)}`);
	const random = randomNumbers(SEED);
	const outcomes: Record<string, { done: number; undone: number }> = {};
	let before: { readonly what: string; readonly events: number } | undefined;

	for (let kill = 0; kill <= KILLS; kill += 1) {
		const context = await startChromium(profile);
		const page = await openKeys(context);
		const stored = await readStored(page);
		const what = before?.what ?? 'nothing';
		expect([kill, what, faultsOf(stored)]).toEqual([kill, what, []]);
		if (before) {
			// a recorded event may be lost with the power, never changed: the log only grows
			expect(stored.events.length).toBeGreaterThanOrEqual(before.events);
			const outcome = (outcomes[what] ??= { done: 0, undone: 0 });
			outcome[stored.events.length > before.events ? 'done' : 'undone'] += 1;
		}
		const waiting = stored.keys.filter(({ state }) => state === 'PENDING_IMPORT');
		const chosen = KINDS[Math.floor(random() * KINDS.length)];
		const needsKey = waiting.length === 0 || (stored.keys.length < MOST_KEYS && random() < 0.15);
		const kind = needsKey || !chosen ? { name: 'create', act: createKey, withinMs: 150 } : chosen;
		const step = await kind.act(page, waiting[Math.floor(random() * waiting.length)]?.keyId ?? '');
		before = { what: kind.name, events: (await readStored(page)).events.length };
		// it is killed while this goes on, and then answers with an error
		const going = step().catch(() => undefined);
		await after(random() * kind.withinMs);
		killChromium(profile);
		await going;
		await context.close().catch(() => undefined);
	}
	console.table(outcomes);
});
