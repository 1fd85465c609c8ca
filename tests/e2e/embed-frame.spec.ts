/** A frame where something is missing, not allowed, or changed from outside. */
import type { Page } from '@playwright/test';
import { codeFor, demoIn, expect, policyFor, test } from './embed-host';

/** What is said to a page, by any frame. */
const heardBy = (page: Page) =>
	page.evaluateHandle(() => {
		const heard: unknown[] = [];
		addEventListener('message', ({ data }) => heard.push(data));
		return heard;
	});

test('a demo without an engine says so, and how high that is', async ({
	page,
	host,
	ownApp,
	problems
}) => {
	const app = ownApp.origin;
	ownApp.change(/engine\.js$/, () => 'kmsEngine = "throw new Error()"');
	ownApp.lose(/engine-plain\.js$/);
	await page.goto(
		host.put('broken', {
			body: codeFor('element', app, 'create'),
			policy: policyFor('element', app)
		})
	);
	const heard = await page.getByTitle('create').evaluateHandle((demo) => {
		const all: unknown[] = [];
		for (const type of ['error', 'resize'])
			demo.addEventListener(type, (event) => {
				all.push({ type, ...(event as CustomEvent<object>).detail });
			});
		return all;
	});
	await page.getByRole('button', { name: /Start the demo/ }).click();
	const fault = demoIn(page, 'create').getByRole('alert');
	await expect(fault).toBeVisible({ timeout: 30_000 });
	await expect.poll(() => heard.evaluate((all) => all.length)).toBeGreaterThan(1);
	// what was measured before it was told may come a frame later
	await fault.evaluate(
		() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
	);
	const told = (await heard.jsonValue()) as { type: string; code?: string; height?: number }[];
	expect(told.find(({ type }) => type === 'error')).toMatchObject({ code: 'Engine' });
	const box = await fault.boundingBox();
	expect(told.at(-1)?.height).toBeGreaterThanOrEqual(Math.floor(box?.height ?? NaN));
	expect(problems.splice(0).join()).toContain('the engine runs nowhere');
});

test('a demo that may not be framed here stays a text, and says nothing @firefox', async ({
	page,
	host,
	ownApp
}) => {
	const app = ownApp.origin;
	const meta = '<meta name="embed-ancestors" content="https://docs.example">';
	ownApp.change(/create\.html$/, (text) => text.replace('<title>', `${meta}<title>`));
	await page.goto(host.put('empty', { body: '', policy: policyFor('iframe', app) }));
	const heard = await heardBy(page);
	await page.evaluate((src) => {
		const frame = document.createElement('iframe');
		frame.title = 'create';
		frame.src = src;
		document.body.append(frame);
	}, `${app}/embed/create.html`);
	const demo = demoIn(page, 'create');
	await expect(demo.locator('link[href="transcript.css"]').last()).toBeAttached();
	await expect(demo.locator('#transcript')).toBeVisible();
	expect(await heard.jsonValue()).toEqual([]);
});

test('a scenario that is changed in the address is the one that is shown', async ({
	page,
	app
}) => {
	await page.goto(`${app}/embed/scenario.html#s=one`);
	await expect(page.getByRole('alert')).toBeVisible();
	const loaded = page.waitForEvent('load');
	await page.evaluate(() => {
		location.hash = '#s=other';
	});
	await loaded;
	await expect(page.getByRole('alert')).toBeVisible();
});
