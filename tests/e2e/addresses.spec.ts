/** Any address below the app is answered by a page that says what is wrong, and leads on. */
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { serve } from '../../src/tools/serve.js';
import type { Page } from '@playwright/test';
import { UNTIL_STORED } from './host';
import { expect, test } from './support';

const BUILD = join(import.meta.dirname, '../../build');
const KEY = '/keys/00000000-0000-4000-8000-000000000000';

const UNREADABLE = ['/keys/%', '/learn/%E0%A4%A', `${KEY}/%C0%80`, '/%', '/no/%ZZ/page?x=%#%'];
const UNKNOWN = ['/no/such/page', `${KEY}/nonsense`, '/keys%2Fcreate', `/${'x'.repeat(4000)}`];
/** A page that is there, for something that is not; or a page that has no use for the rest. */
const ANSWERED = [
	{ path: '/keys/a%2Fb', title: 'Key Detail', text: 'This sandbox has no such CMK' },
	{ path: `/keys/${'x'.repeat(4000)}`, title: 'Key Detail', text: 'This sandbox has no such CMK' },
	{ path: '/learn/%F0%9F%94%91', title: 'There is no such scenario', text: 'may be mistyped' },
	{ path: '/keys?state=%E0%A4%A&%#%', title: 'Customer management key', text: 'No CMK yet' }
];

async function expectPage(page: Page, address: string, text: string | RegExp): Promise<void> {
	await page.goto(address);
	await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
	const main = page.getByRole('main');
	await expect(main).toContainText(text);
	await expect(main.getByRole('link', { name: 'Open the key list' })).toBeVisible();
	await expect(main.getByRole('link', { name: 'Overview' })).toBeVisible();
}

test('every address is answered by a page that says what is wrong', async ({ page }) => {
	for (const path of UNREADABLE) await expectPage(page, path, 'incomplete escape');
	for (const path of UNKNOWN) await expectPage(page, path, 'may be old or mistyped');
	for (const { path, title, text } of ANSWERED) {
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
		await expect(page.getByRole('main')).toContainText(text);
		// the page works on
		await page.getByRole('link', { name: 'Audit log' }).first().click();
		await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
	}
});

test('below a path and without a network too', async ({ openBrowser }) => {
	const page = await (await openBrowser()).newPage();
	const server = await serve(BUILD, 0, { base: '/docs/app' });
	const app = `http://localhost:${String((server.address() as AddressInfo).port)}/docs/app`;
	await page.goto(`${app}/keys`);
	await expect(page.getByRole('link', { name: 'Offline-complete' })).toBeVisible(UNTIL_STORED);
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	server.closeAllConnections();
	server.close();
	await expectPage(page, `${app}/keys/%`, 'incomplete escape');
	await expectPage(page, `${app}/no/such/file.txt`, 'may be old or mistyped');
	await page.getByRole('main').getByRole('link', { name: 'Open the key list' }).click();
	await expect(page).toHaveURL(`${app}/keys`);
});
