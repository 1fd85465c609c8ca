/** The page that writes what is copied into other people's pages: choose, look, copy. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Scenario } from '../../src/lib/scenario/format';
import { scenarioToLink } from '../../src/lib/scenario/link';
import { stringOf } from '../../src/lib/scenario/shown-text';
import { startHost, UNTIL_STORED } from './host';
import { expect, test } from './support';

/** The bar of the console has pickers of the same names. */
const main = (page: Page) => page.getByRole('main');
const preview = (page: Page) => page.locator('iframe');
const code = (page: Page) => page.getByRole('tabpanel').locator('pre').first();
const form = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

test('a demo is chosen, seen as its readers see it, and copied', async ({ page }) => {
	await page.goto('/learn');
	await page.goto('/embed-builder');
	await expect(preview(page).contentFrame().getByRole('button', { name: 'Confirm' })).toBeVisible();
	await main(page).getByRole('combobox', { name: 'Demo' }).selectOption({ label: 'Use the CMK' });
	await expect(preview(page)).toHaveAttribute('src', /\/embed\/use\.html$/);
	await main(page).getByRole('combobox', { name: 'Language' }).selectOption({ label: '简体中文' });
	await main(page).getByRole('combobox', { name: 'Theme' }).selectOption({ label: 'Dark' });
	await expect(preview(page)).toHaveAttribute('src', /use\.html\?lang=zh-CN&theme=dark$/);
	await expect(preview(page).contentFrame().locator('html')).toHaveAttribute('lang', 'zh-CN');
	await page.getByRole('button', { name: '320 px' }).click();
	await expect(preview(page)).toHaveAttribute('width', '320');

	await form(page, 'Element').click();
	await expect(code(page)).toContainText('scenario="use"');
	await expect(page.getByRole('tabpanel')).toContainText(
		/script-src http:\/\/localhost:\d+; frame-src/
	);
	await page.keyboard.press('ArrowRight');
	await expect(form(page, 'Markdown')).toBeFocused();
	await expect(code(page)).toContainText('transcripts/use.zh-CN.svg');
	await page.keyboard.press('Home');
	await expect(code(page)).toContainText('<iframe');
	await expect(page.getByRole('tabpanel')).toContainText(/[\d.]+ kB when the frame is loaded/);
	await page.goBack();
	await expect(page).toHaveURL('/learn');
});

test('what cannot be is said beside its field, and changes nothing', async ({ page }) => {
	await page.goto('/embed-builder');
	await expect(code(page)).toContainText('height="1880"');
	const height = page.getByRole('textbox', { name: 'Height in pixels' });
	await height.fill('10');
	await expect(page.getByText('A number from 200 to 4000.')).toBeVisible();
	await expect(code(page)).toContainText('height="1880"');
	await height.fill('600');
	await expect(code(page)).toContainText('height="600"');
	const base = page.getByRole('textbox', { name: 'Address of the app' });
	await expect(base).toHaveValue(/^http:\/\/localhost:\d+\/$/);
	const copy = page.getByRole('button', { name: 'Copy: iframe' });
	await expect(copy).toBeEnabled();
	await base.fill('learn.example/kms');
	await expect(base).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByText(/^An address that begins with/)).toHaveCount(2);
	await expect(copy).toBeDisabled();
	await expect(page.getByRole('tabpanel')).not.toContainText('<iframe');
	await base.fill('https://learn.example/kms/index.html');
	await expect(copy).toBeEnabled();
	await expect(code(page)).toContainText('src="https://learn.example/kms/embed/upload.html"');
	await expect(page.getByText('frame-src https://learn.example', { exact: true })).toBeVisible();
});

test('a scenario of one’s own comes by a link, and a damaged link is refused', async ({ page }) => {
	const file = readFileSync('src/lib/embed/steps/create.json', 'utf8');
	const scenario = { ...(JSON.parse(file) as Scenario), id: 'my-own' };
	const link = await scenarioToLink(scenario);
	await page.goto(`/embed-builder${link}`);
	await expect(page.getByText(`Opened: ${stringOf(scenario.title.en)}`)).toBeVisible();
	await expect(preview(page)).toHaveAttribute('src', /\/embed\/scenario\.html#s=/);
	await expect(
		preview(page).contentFrame().getByRole('button', { name: 'Create key' })
	).toBeVisible();
	await expect(code(page)).toContainText(/scenario\.html#s=[\w-]{500,}/);
	const field = page.getByRole('textbox', { name: 'Link of a scenario' });
	// Firefox fires no change event for text filled in by a script
	await field.pressSequentially('https://learn.example/learn/open#s=abc');
	await field.press('Tab');
	await expect(
		page.getByRole('status').filter({ hasText: /part of it|damaged|link/i })
	).toBeVisible();
});

test('the builder is found from Learn, and a whole help page with demos from there', async ({
	page
}) => {
	await page.goto('/learn');
	await main(page).getByRole('link', { name: 'Embed a demo' }).first().click();
	await expect(page.getByRole('heading', { level: 1, name: 'Embed a demo' })).toBeVisible();
	const opened = page.waitForEvent('popup');
	await page.getByRole('link', { name: /a help page with a demo/ }).click();
	const help = await opened;
	await help.getByRole('button', { name: /^Use the CMK/ }).click();
	await expect(
		help.locator('iframe').contentFrame().getByRole('button', { name: 'Encrypt' }).first()
	).toBeVisible();
});

test('the service worker of the demos, which the preview brings, leaves the page to the console’s', async ({
	page
}) => {
	const app = await startHost();
	let starts = 0;
	page.on('request', (request) => {
		if (request.isNavigationRequest() && request.frame() === page.mainFrame()) starts += 1;
	});
	// as a host without clean URLs sends the browser on
	await page.goto(`${app.origin}/embed-builder/`);
	await expect(preview(page).contentFrame().getByRole('button', { name: 'Confirm' })).toBeVisible();
	const state = () =>
		page.evaluate(async () => {
			const registrations = await navigator.serviceWorker.getRegistrations();
			const pathOf = (address = '') => new URL(address, location.href).pathname;
			return {
				active: registrations.map(({ active }) => active && pathOf(active.scriptURL)).sort(),
				page: pathOf(navigator.serviceWorker.controller?.scriptURL)
			};
		});
	await expect
		.poll(state, UNTIL_STORED)
		.toEqual({ active: ['/embed/sw.js', '/service-worker.js'], page: '/service-worker.js' });
	expect(starts).toBe(1);
	await page.reload();
	await expect(preview(page).contentFrame().getByRole('button', { name: 'Confirm' })).toBeVisible();
	expect((await state()).page).toBe('/service-worker.js');
	expect(starts).toBe(2);
	app.stop();
});
