/** What leads out of a page: copying and new tabs. No header that says what pages may not do takes it away. */
import { createExternalKey } from './console';
import { codeFor, demoIn, expect, expectReady, policyFor, test } from './embed-host';

test.beforeEach(async ({ context }) => {
	// to look at what was copied; the driver takes away what it does not grant, and a header that forbids counts in any case
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

test('an identifier is copied in the console @chromium', async ({ page }) => {
	const id = await createExternalKey(page, 'copied');
	await page.getByRole('button', { name: 'Copy CMK ID' }).first().click();
	await expect(page.getByText('Copied', { exact: true }).first()).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id);
});

for (const kind of ['iframe', 'element'] as const)
	test(`what is offered is copied in a demo in another page: ${kind} @chromium`, async ({
		page,
		host,
		app
	}) => {
		await page.goto(
			host.put(`copy-${kind}`, {
				body: codeFor(kind, app, 'upload'),
				policy: policyFor(kind, app)
			})
		);
		if (kind === 'element')
			await page.getByRole('button', { name: 'upload Start the demo' }).click();
		const demo = demoIn(page, 'upload');
		await expectReady(demo);
		await demo.getByRole('button', { name: 'Open in the full sandbox' }).click();
		await demo.getByRole('button', { name: /^Copy/ }).first().click();
		await expect(demo.getByText('Copied', { exact: true }).first()).toBeVisible();
		expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
			/\/learn\/open#s=[\w-]+$/
		);
	});

test('the full sandbox opens from a demo without an origin, where its page lets tabs out of the frame @chromium', async ({
	page,
	context,
	host,
	app
}) => {
	const may = 'allow-scripts allow-popups allow-popups-to-escape-sandbox';
	await page.goto(
		host.put('opens', {
			body: codeFor('iframe', app, 'upload', `sandbox="${may}"`),
			policy: policyFor('iframe', app)
		})
	);
	const demo = demoIn(page, 'upload');
	await expectReady(demo);
	await demo.getByRole('button', { name: 'Open in the full sandbox' }).click();
	const opened = context.waitForEvent('page');
	await demo.getByRole('link', { name: 'Open in a new tab' }).click();
	const full = await opened;
	await expect(full.getByRole('button', { name: 'Start' }).first()).toBeVisible();
	expect(new URL(full.url()).pathname).toBe('/learn/open');
	expect(await full.evaluate(() => opener === null)).toBe(true);
});
