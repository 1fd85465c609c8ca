/** One build runs below any path of any host, and is never told which. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '../../src/tools/serve.js';
import { expectStatus } from './console';
import { expect, test as base } from './support';

const BUILD = join(import.meta.dirname, '../../build');

const test = base.extend<{ host: { address: string; stop: () => void }; address: string }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	host: async ({}, use) => {
		const server = await serve(BUILD, 0, { base: '/docs/app' });
		const stop = () => {
			server.closeAllConnections();
			server.close();
		};
		const { port } = server.address() as AddressInfo;
		await use({ address: `http://localhost:${String(port)}/docs/app`, stop });
		stop();
	},
	address: ({ host }, use) => use(host.address)
});

test('a key made below a path is found again, offline too @all', async ({
	openBrowser,
	host: { address, stop }
}) => {
	const page = await (await openBrowser()).newPage();
	await page.goto(`${address}/keys/create`);
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
	expect(page.url()).toMatch(/\/docs\/app\/keys\/[0-9a-f-]{36}$/);

	const mark = page.getByRole('link', { name: 'Offline-complete' });
	await expect(mark).toBeVisible({ timeout: 30_000 });
	await page.reload();
	await expectStatus(page, 'PENDING_IMPORT');
	stop();
	await page.reload();
	await expectStatus(page, 'PENDING_IMPORT');
	await page.getByRole('link', { name: 'Get Parameters for Import' }).first().click();
	await expect(page).toHaveURL(/\/parameters$/);
	await page.reload();
	await expect(page.getByRole('radio', { name: 'RSAES_OAEP_SHA_256' })).toBeVisible();
	await page.goto(`${address}/no/such/page`);
	await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
});

test('a first visit by the address of a key asks in no other folder @all', async ({
	page,
	address
}) => {
	await page.goto(`${address}/keys/00000000-0000-4000-8000-000000000000`);
	await expect(page.getByRole('heading', { level: 1, name: 'Key Detail' })).toBeVisible();
});

test('a first visit to an address without a page finds the app @all', async ({
	browser,
	address
}) => {
	// a page of its own: its console reports the folders that the app is not in
	const page = await browser.newPage({ locale: 'en-US' });
	await page.goto(`${address}/no/such/page`);
	await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
	await page.getByRole('link', { name: 'Customer managed keys' }).click();
	await expect(page).toHaveURL(`${address}/keys`);
	await page.close();
});
