/** A new version is loaded only when the user agrees; unfinished work stays. */
import type { Locator, Page } from '@playwright/test';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD, nextVersion, startHost, type Host, UNTIL_STORED } from './host';
import { expect, test as base } from './support';

const test = base.extend<{ readonly host: Host }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	host: async ({}, use) => {
		const host = await startHost();
		await use(host);
		host.stop();
	}
});

const complete = (page: Page): Locator =>
	page.getByRole('link', { name: 'Offline-complete', exact: true });
const reload = (page: Page): Locator => page.getByRole('button', { name: 'Reload', exact: true });
const caches = (page: Page): Promise<string[]> => page.evaluate(() => window.caches.keys());

/** The page looks for a new version whenever it is looked at again. */
const lookAgain = (page: Page): Promise<unknown> =>
	page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

/** A question that is asked while the page reloads is lost. */
async function expectVersionNext(page: Page): Promise<void> {
	await expect(async () => {
		expect(await caches(page)).toEqual(['app::next']);
	}).toPass();
	await expect(complete(page)).toBeVisible(UNTIL_STORED);
}

async function visit(page: Page, host: Host, path = '/keys'): Promise<void> {
	await page.goto(host.origin + path);
	await expect(complete(page)).toBeVisible(UNTIL_STORED);
}

/** On the page "Create key". */
async function createKey(page: Page, alias?: string): Promise<void> {
	if (alias !== undefined) await page.getByRole('textbox', { name: 'Alias' }).fill(alias);
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expect(page.getByRole('region', { name: 'Facts' })).toContainText('PENDING_IMPORT');
}

test.beforeAll(() => {
	test.setTimeout(120_000);
	nextVersion();
});

test('a new version waits for consent, also after "Later", and keeps the keys @firefox', async ({
	page,
	host
}) => {
	await visit(page, host);
	const [old = ''] = await caches(page);
	await page.goto(`${host.origin}/keys/create`);
	await createKey(page, 'kept');
	const facts = page.getByRole('region', { name: 'Facts' });

	host.use(nextVersion());
	await lookAgain(page);
	await expect(page.getByText('A new version is ready.')).toBeVisible();
	await page.getByRole('button', { name: 'Later' }).click();
	await expect(reload(page)).toBeHidden();
	// refused, the old version goes on, on every page and after a reload
	await page.reload();
	await expect(facts).toContainText('PENDING_IMPORT');
	expect(await caches(page)).toContain(old);
	await expect(reload(page)).toBeVisible();
	await page.getByRole('button', { name: 'Later' }).click();

	await page.getByRole('button', { name: 'Update', exact: true }).click();
	await reload(page).click();
	await expectVersionNext(page);
	await expect(facts).toContainText('PENDING_IMPORT');
});

test('all tabs go along, but for one in which something was begun @firefox', async ({
	page,
	host,
	context
}) => {
	await visit(page, host);
	const reading = await context.newPage();
	await visit(reading, host);
	const writing = await context.newPage();
	await visit(writing, host, '/keys/create');
	await writing.getByRole('textbox', { name: 'Alias' }).fill('half a name');

	host.use(nextVersion());
	await lookAgain(page);
	const gone = reading.waitForEvent('load');
	await reload(page).click();
	await gone;
	await expect(complete(reading)).toBeVisible();

	await expect(writing.getByText('Another tab has changed to the new version.')).toBeVisible();
	await expect(
		writing.getByText('what you have begun to enter on this page is lost')
	).toBeVisible();
	// It is still the old version, and can still load a part that it had not needed so far.
	await writing.getByRole('button', { name: 'Later' }).click();
	await createKey(writing);
	await expect(writing.getByRole('region', { name: 'Facts' })).toContainText('half a name');
	await writing.reload();
	await expectVersionNext(page);
});

test('a version that cannot be loaded whole changes nothing, and is tried again @firefox', async ({
	page,
	host
}, info) => {
	await visit(page, host);
	const before = await caches(page);
	const broken = info.outputPath('broken');
	cpSync(nextVersion(), broken, { recursive: true });
	rmSync(join(broken, 'icon.svg'));
	host.use(broken);
	await lookAgain(page);
	await complete(page).click();
	const offline = page.getByRole('region', { name: 'Offline use' });
	await expect(offline).toContainText('A newer version could not be loaded whole.');
	expect(await caches(page)).toEqual(before);
	await visit(page, host, '/keys/create');
	await createKey(page, 'meanwhile');

	host.use(nextVersion());
	await lookAgain(page);
	await reload(page).click();
	await expectVersionNext(page);
	host.use(BUILD);
});
