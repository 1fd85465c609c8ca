/** A browser that blocks all cookies refuses storage, locks, channels and service workers too; the sandbox works in memory. */
import type { Browser, Page } from '@playwright/test';
import { findFirefox } from '../../src/tools/browsers.js';
import { expectStatus, moveClock, sendToWorkbench } from './console';
import { collectProblems, expect, test } from './support';

async function createKey(page: Page): Promise<void> {
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
}

/** Without storage a reload loses everything, so the test moves between pages only by links. */
async function follow(page: Page, link: string, heading: string): Promise<void> {
	await page.getByRole('navigation').getByRole('link', { name: link, exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
}

async function startLesson(page: Page, title: string): Promise<void> {
	await follow(page, 'Learn', 'Learn');
	await page.getByRole('link', { name: new RegExp(`^Lesson \\d+: ${title}$`) }).click();
	await page.getByRole('button', { name: 'Start', exact: true }).click();
}

const lesson = (page: Page) => page.getByRole('region', { name: /^Lesson: / });

/** The first key, its import, and what a lesson asks for on the way. */
async function importIn(page: Page): Promise<void> {
	const panel = lesson(page);
	await createKey(page);
	await page.getByRole('link', { name: 'Get the parameters' }).click();
	await page.getByRole('button', { name: 'Get parameters' }).click();
	await sendToWorkbench(page);
	await expect(panel.getByText('2 of 6 reached')).toBeVisible();
	const workbench = page.getByRole('complementary');
	await workbench.getByRole('button', { name: 'Make key material' }).click();
	await workbench.getByRole('button', { name: 'Encrypt', exact: true }).click();
	await expect(panel.getByText('4 of 6 reached')).toBeVisible();
}

test('with all cookies blocked nothing is stored, and everything works until the page is left @firefox', async ({
	playwright,
	browserName,
	baseURL
}) => {
	test.skip(browserName !== 'firefox', 'a setting of Firefox');
	const executablePath = findFirefox();
	const browser: Browser = await playwright.firefox.launch({
		channel: 'moz-firefox',
		...(executablePath !== undefined && { executablePath }),
		firefoxUserPrefs: { 'network.cookie.cookieBehavior': 2 }
	});
	try {
		const context = await browser.newContext({ locale: 'en-US' });
		const problems = collectProblems(context);
		const page = await context.newPage();
		await page.goto(`${String(baseURL)}/keys`);
		await expect(page.getByText('Nothing is stored')).toBeVisible();
		await page.getByRole('link', { name: 'Create key' }).first().click();
		await createKey(page);
		await page.getByRole('banner').getByRole('button', { name: 'Undo CreateCmk' }).click();
		await expect(page.getByText('This sandbox has no such CMK')).toBeVisible();
		await moveClock(page, '+1 h');

		await startLesson(page, 'Your first import');
		await importIn(page);
		await startLesson(page, 'A CMK without key material');
		const ends = page.getByRole('dialog', { name: /Your first import/ });
		await ends.getByRole('button', { name: 'Start', exact: true }).click();
		await expect(lesson(page).getByText(/^0 of 3 reached$/)).toBeVisible();
		await page.getByRole('link', { name: 'Create key' }).first().click();
		await createKey(page);
		await expect(lesson(page).getByText('1 of 3 reached')).toBeVisible();

		await follow(page, 'Sandbox', 'Sandbox');
		await expect(page.getByRole('main').getByText('Loading', { exact: true })).toHaveCount(0);
		await expect(page.getByText('Something went wrong')).toHaveCount(0);
		// the browser reports by itself that it refuses the service worker
		expect(problems.filter((problem) => !/ServiceWorker/.test(problem))).toEqual([]);
	} finally {
		await browser.close();
	}
});
