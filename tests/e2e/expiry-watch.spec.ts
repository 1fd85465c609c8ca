/**
 * An expiry is true at its moment and recorded once, whoever is awake: the service worker stopped or alive, one tab or two,
 * a year at once. How late each record was is printed.
 */
import type { BrowserContext, Page } from '@playwright/test';
import type { AuditEvent } from '$lib/domain/events';
import { fillImport, moveClockToInstant } from '../support/import-by-hand';
import { faultsOf, readStored } from '../support/stored';
import { createExternalKey, expectStatus } from './console';
import { UNTIL_STORED } from './host';
import { expect, test, type Terminal } from './support';

const YEAR_MS = 365 * 24 * 3_600_000;

/** Time enough to close a page before the deadline comes. */
const AHEAD_MS = 4000;

interface Expiring {
	readonly keyId: string;
	readonly expiresAtMs: number;
}

async function importExpiring(page: Page, { folder }: Terminal): Promise<Expiring> {
	const keyId = await createExternalKey(page, 'expiring');
	await expect(page.getByRole('link', { name: 'Offline-complete', exact: true })).toBeVisible(
		UNTIL_STORED
	);
	const confirm = await fillImport(page, folder);
	await confirm();
	await expectStatus(page, 'ENABLED');
	const { keys } = await readStored(page);
	const expiresAtMs = keys.find((key) => key.keyId === keyId)?.material?.expiresAtMs;
	return { keyId, expiresAtMs: expiresAtMs ?? 0 };
}

/** Looks at what is stored from a page that runs nothing of the product. */
async function openOnlooker(context: BrowserContext): Promise<Page> {
	const page = await context.newPage();
	await page.goto('/icon.svg');
	return page;
}

async function expiries(page: Page): Promise<AuditEvent[]> {
	const stored = await readStored(page);
	expect(faultsOf(stored)).toEqual([]);
	return stored.events.filter(({ operation }) => operation === 'ExpireKeyMaterial');
}

async function expectOneExpiry(
	page: Page,
	{ keyId, expiresAtMs }: Expiring
): Promise<NonNullable<AuditEvent['recording']>> {
	await expect.poll(async () => (await expiries(page)).length).toBe(1);
	const [event] = await expiries(page);
	if (!event?.recording) throw new Error('it does not say who recorded it');
	expect(event).toMatchObject({ keyId, dueAtMs: expiresAtMs });
	console.log(
		`recorded ${String(event.recording.lateMs)} ms late by ${event.recording.by}` +
			(event.recording.armedAtMs === null ? '' : ', by its timer')
	);
	return event.recording;
}

test('the service worker, alive and alone, records an expiry by its timer', async ({
	page,
	context,
	terminal
}) => {
	const key = await importExpiring(page, terminal);
	const onlooker = await openOnlooker(context);
	await page.bringToFront();
	await moveClockToInstant(page, key.expiresAtMs - AHEAD_MS);
	await page.close();
	expect(await expiries(onlooker)).toEqual([]);
	const recording = await expectOneExpiry(onlooker, key);
	expect(recording.by).toBe('serviceWorker');
	expect(recording.armedAtMs).not.toBeNull();
});

test('nobody was awake: the first read knows, and the next who wakes records both moments', async ({
	page,
	context,
	terminal,
	browserName
}) => {
	test.skip(browserName !== 'chromium', 'only Chromium stops a service worker when it is told to');
	const key = await importExpiring(page, terminal);
	const onlooker = await openOnlooker(context);
	const developer = await context.newCDPSession(onlooker);
	await developer.send('ServiceWorker.enable');
	await page.bringToFront();
	await moveClockToInstant(page, key.expiresAtMs - AHEAD_MS);
	const { keyId } = key;
	const dueAtMs = Date.now() + AHEAD_MS;
	await page.close();
	await developer.send('ServiceWorker.stopAllWorkers');
	await expect.poll(() => Date.now()).toBeGreaterThan(dueAtMs + 1000);
	expect(await expiries(onlooker)).toEqual([]);
	expect((await readStored(onlooker)).materials).toEqual([
		{ keyId, key: {}, sealed: expect.anything() }
	]);

	const next = await context.newPage();
	await next.goto(`/keys/${keyId}`);
	await expectStatus(next, 'PENDING_IMPORT');
	const recording = await expectOneExpiry(next, key);
	expect(recording).toMatchObject({ armedAtMs: null });
	expect(recording.lateMs).toBeGreaterThan(1000);
	expect((await readStored(next)).materials).toEqual([]);
	const recent = next.getByRole('region', { name: 'Recent audit events' });
	await recent.getByRole('button', { name: /, ExpireKeyMaterial$/ }).click();
	await expect(recent).toContainText(`${String(recording.lateMs)} ms`);
});

test('of two tabs one watches; when it is closed the other one records in time', async ({
	page,
	context,
	terminal
}) => {
	const key = await importExpiring(page, terminal);
	const other = await context.newPage();
	await other.goto(`/keys/${key.keyId}`);
	await expectStatus(other, 'ENABLED');
	await openInspector(other);
	await expect(other.getByText('Another tab holds the lock expiry-leader')).toBeVisible();
	await page.bringToFront();
	await moveClockToInstant(page, key.expiresAtMs - AHEAD_MS);
	await page.close();
	await expect(other.getByText('It holds the lock expiry-leader.')).toBeVisible();
	await expectOneExpiry(other, key);
	await expectStatus(other, 'PENDING_IMPORT');
});

test('a year at once: recorded once, in all tabs, by moving the clock', async ({
	page,
	context,
	terminal
}) => {
	const key = await importExpiring(page, terminal);
	const other = await context.newPage();
	await other.goto(`/keys/${key.keyId}`);
	await expectStatus(other, 'ENABLED');
	await page.bringToFront();
	await moveClockToInstant(page, key.expiresAtMs + YEAR_MS);
	await expectStatus(page, 'PENDING_IMPORT');
	await expectStatus(other, 'PENDING_IMPORT');
	const [event] = await expiries(page);
	expect(event?.atMs).toBeGreaterThanOrEqual(key.expiresAtMs + YEAR_MS);
	await expectOneExpiry(other, key);
});

async function openInspector(page: Page): Promise<void> {
	await page.getByRole('tab', { name: 'Inspector' }).click();
	await expect(page.getByRole('heading', { name: 'Who watches the deadlines' })).toBeVisible();
}
