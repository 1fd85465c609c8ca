/** A browser that blocks all cookies refuses storage, locks, channels and service workers too; the sandbox works in memory. */
import { findFirefox } from '../../src/tools/browsers.js';
import { expectStatus } from './console';
import { collectProblems, expect, test } from './support';

test('with all cookies blocked nothing is stored, and a key can be made and a lesson begun @firefox', async ({
	playwright,
	browserName,
	baseURL
}) => {
	test.skip(browserName !== 'firefox', 'a setting of Firefox');
	const executablePath = findFirefox();
	const browser = await playwright.firefox.launch({
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
		await page.getByRole('radio', { name: 'External' }).check();
		await page.getByRole('checkbox', { name: /I understand/ }).check();
		await page.getByRole('button', { name: 'Create key' }).click();
		await expectStatus(page, 'PENDING_IMPORT');

		await page.goto(`${String(baseURL)}/learn/first-import`);
		await page.getByRole('button', { name: 'Start', exact: true }).click();
		await expect(page.getByRole('region', { name: /^Lesson: / })).toBeVisible();
		await expect(page.getByText('Something went wrong')).toHaveCount(0);
		// the browser reports by itself that it refuses the service worker
		expect(problems.filter((problem) => !/ServiceWorker/.test(problem))).toEqual([]);
	} finally {
		await browser.close();
	}
});
