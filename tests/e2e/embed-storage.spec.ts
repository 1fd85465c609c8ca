/** Demos where the browser keeps nothing for them, and where the network is gone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import {
	codeFor,
	demoIn,
	policyFor,
	test,
	expect,
	expectReady,
	type EmbedHost
} from './embed-host';
import { doCreate, doUpload, doWholeImport } from './embed-jobs';
import { BUILD, startHost, UNTIL_STORED } from './host';
import { collectProblems } from './support';

const builtVersion = () =>
	(JSON.parse(readFileSync(join(BUILD, '_app/version.json'), 'utf8')) as { version: string })
		.version;

const start = (page: Page, title: string) =>
	page.getByRole('button', { name: `${title} Start the demo` }).click();

test('the main job with all storage blocked @firefox', async ({
	playwright,
	browserName,
	launchOptions,
	channel,
	host,
	hosts,
	app
}) => {
	// Playwright's Chromium denies all storage to a frame of another site already
	const prefs = { ...launchOptions.firefoxUserPrefs, 'network.cookie.cookieBehavior': 2 };
	const browser: Browser = await playwright[browserName].launch({
		...launchOptions,
		...(channel === undefined ? {} : { channel }),
		...(browserName === 'firefox' ? { firefoxUserPrefs: prefs } : {})
	});
	try {
		const context = await browser.newContext({ locale: 'en-US' });
		const problems = collectProblems(context, hosts);
		const page = await context.newPage();
		await page.goto(
			host.put('denied', {
				body: codeFor('element', app, 'first-import'),
				policy: policyFor('element', app)
			})
		);
		await start(page, 'first-import');
		const demo = demoIn(page, 'first-import');
		await expectReady(demo);
		const storage = await demo.getByRole('heading', { level: 1 }).evaluate(() => {
			try {
				return `kept ${String(localStorage.length)}`;
			} catch (error) {
				return (error as DOMException).name;
			}
		});
		expect(storage).toBe('SecurityError');
		await doWholeImport(demo);
		expect(problems).toEqual([]);
	} finally {
		await browser.close();
	}
});

/** Chromium as Playwright starts it keeps something only for frames of the same site; another port is another origin of it. */
const nearby = (address: string, browserName: string, host: EmbedHost) =>
	browserName === 'chromium'
		? address.replace(host.origin, host.origin.replace('127.0.0.1', 'localhost'))
		: address;

test('a demo that was seen once plays without the network @firefox', async ({
	page,
	browserName,
	host
}) => {
	const app = await startHost();
	const address = host.put('offline', {
		body: codeFor('element', app.origin, 'upload', `base="${app.origin}/embed/"`).replace(
			`${app.origin}/embed/kms-demo.js`,
			'kms-demo.js'
		),
		policy: `frame-src ${app.origin}; script-src 'self'`
	});
	await page.goto(nearby(address, browserName, host));
	await start(page, 'upload');
	const demo = demoIn(page, 'upload');
	await expectReady(demo);
	// what it has loaded, and what it may ask for later
	const notKept = () =>
		demo.getByRole('heading', { level: 1 }).evaluate(async () => {
			const kept = await Promise.all(
				[
					location.pathname,
					...performance.getEntriesByType('resource').map(({ name }) => name),
					'later.en.js',
					'later.css',
					'engine-plain.js',
					'engine-later.js'
				].map((address) => caches.match(new URL(address, location.href).pathname))
			);
			return kept.filter((response) => response === undefined).length;
		});
	await expect.poll(notKept, UNTIL_STORED).toBe(0);
	app.stop();
	await page.reload();
	await start(page, 'upload');
	await doUpload(demo);
});

test('a state that is kept is there after a reload, in every frame of its name, and not in an exam @firefox', async ({
	page,
	browserName,
	host,
	app
}) => {
	const put = (name: string, tags: readonly string[]) =>
		nearby(
			host.put(name, {
				body: tags.map((tag) => codeFor('element', app, 'create', tag)).join('\n'),
				policy: policyFor('element', app)
			}),
			browserName,
			host
		);
	const kept = 'persist="mine" start="now"';
	const demo = (at: number) => page.locator('iframe').nth(at).contentFrame();
	const done = (at: number) => demo(at).getByText('Done: every goal is reached.');

	await page.goto(put('two', [kept, kept]));
	await expectReady(demo(0));
	await expectReady(demo(1));
	await doCreate(demo(1));
	await expect(done(0)).toBeVisible();
	await page.reload();
	await expect(done(0)).toBeVisible();
	await expect(done(1)).toBeVisible();

	await page.goto(put('exam', [`${kept} exam`]));
	await expectReady(demo(0));
	await expect(demo(0).getByRole('button', { name: 'Create key' })).toBeVisible();
	await expect(done(0)).toHaveCount(0);
	await doCreate(demo(0));
});

test('a frame that was open while the host got another version loads none of its files, and reloads @firefox', async ({
	page,
	host,
	ownApp
}) => {
	const app = ownApp.origin;
	ownApp.change(/later\.en\.js$/, (text) => text.replaceAll(builtVersion(), 'another'));
	await page.goto(
		host.put('another-version', {
			body: codeFor('element', app, 'upload'),
			policy: policyFor('element', app)
		})
	);
	await start(page, 'upload');
	const demo = demoIn(page, 'upload');
	await expectReady(demo);
	await demo.getByRole('button', { name: 'Open in the full sandbox' }).click();
	await expect(demo.getByText(/There is a new version of this demo/)).toBeVisible();
	ownApp.restore();
	await demo.getByRole('button', { name: 'Load again' }).click();
	await expect(demo.getByText(/There is a new version of this demo/)).toBeHidden();
	await expectReady(demo);
	await demo.getByRole('button', { name: 'Open in the full sandbox' }).click();
	await expect(demo.getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
});
