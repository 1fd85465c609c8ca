/**
 * Expiry by a service worker that nobody keeps awake: no debugger, under which none is ever stopped, and no page of the
 * product. A page of the test looks on, and reports to its host when all is over.
 */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditEvent } from '$lib/domain/events';
import type { ServiceWorkerState } from '$lib/offline/messages';
import { BUILD, startHost, type Host } from '../e2e/host';
import { fillImport, moveClockToInstant } from '../support/import-by-hand';
import { readStored } from '../support/stored';
import { killChromium, removeFolder, startChromium, startChromiumAlone } from './chromium';

/** Later than an idle service worker is stopped, sooner than a busy one is. */
const AHEAD_MS = 50_000;

interface Report {
	readonly before: ServiceWorkerState;
	readonly recorded: readonly AuditEvent[];
	readonly after: ServiceWorkerState;
}

let folder: string;
let profile: string;
let host: Host;
let report: Promise<Report>;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'expiry-'));
	profile = join(folder, 'profile');
	const site = join(folder, 'site');
	cpSync(BUILD, site, { recursive: true });
	cpSync(join(import.meta.dirname, 'watch.js'), join(site, 'watch.js'));
	writeFileSync(
		join(site, 'watch.html'),
		'<!doctype html><script type="module" src="/watch.js"></script>'
	);
	let told!: (report: Report) => void;
	report = new Promise((resolve) => (told = resolve));
	host = await startHost(site, {
		onRequest: (address) => {
			const [path, query = ''] = address.split('?');
			if (path === '/report') told(JSON.parse(decodeURIComponent(query)) as Report);
		}
	});
});

afterAll(() => {
	killChromium(profile);
	host.stop();
	removeFolder(folder);
});

test('the service worker stays awake for a near deadline, records it by its timer, and is stopped after it', async () => {
	const context = await startChromium(profile);
	const page = context.pages()[0] ?? (await context.newPage());
	await page.goto(`${host.origin}/keys/create`);
	await page.getByRole('link', { name: 'Offline-complete', exact: true }).waitFor();
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	const facts = page.getByRole('region', { name: 'Facts' });
	await facts.getByText('PENDING_IMPORT').waitFor();
	const confirm = await fillImport(page, folder);
	await confirm();
	await facts.getByText('ENABLED').waitFor();
	const [key] = (await readStored(page)).keys;
	const expiresAtMs = key?.material?.expiresAtMs ?? 0;
	await moveClockToInstant(page, expiresAtMs - AHEAD_MS);
	const dueAtMs = Date.now() + AHEAD_MS;
	await context.close();

	startChromiumAlone(profile, `${host.origin}/watch.html?due=${String(dueAtMs)}`);
	const { before, recorded, after } = await report;
	const [expiry, ...others] = recorded.filter(({ operation }) => operation === 'ExpireKeyMaterial');
	expect(others).toEqual([]);
	console.log(`recorded ${String(expiry?.recording?.lateMs)} ms late, by its timer`);
	expect(expiry).toMatchObject({
		keyId: key?.keyId,
		dueAtMs: expiresAtMs,
		recording: { by: 'serviceWorker', armedAtMs: before.timer?.armedAtMs }
	});
	expect(expiry?.atMs).toBeGreaterThanOrEqual(expiresAtMs);
	// it was stopped meanwhile, so what answers now is another instance
	expect(after.startedAtMs).toBeGreaterThan(before.startedAtMs);
	expect(after.timer).toBeNull();
});
