/** Nothing reaches another origin: not from the page, not from a worker, and nobody may frame the console. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BUILD, startHost, UNTIL_STORED } from './host';
import { expect, test as base } from './support';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An origin that would answer everybody, and counts who asks. */
const test = base.extend<{ readonly elsewhere: { readonly origin: string; asked: number } }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	elsewhere: async ({}, use) => {
		const other = { origin: '', asked: 0 };
		const server = createServer((_, response) => {
			other.asked += 1;
			response.writeHead(200, { 'access-control-allow-origin': '*' }).end('got through');
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		other.origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
		await use(other);
		server.close();
	}
});

test('a fetch planted in the page is blocked', async ({ page, elsewhere, problems }) => {
	await page.goto('/');
	const outcome = await page.evaluate(
		(url) =>
			fetch(url).then(
				() => 'got through',
				() => 'blocked'
			),
		elsewhere.origin
	);
	expect([outcome, elsewhere.asked]).toEqual(['blocked', 0]);
	// the browser says what it blocked; nothing else may be wrong
	expect(problems.filter((problem) => !/connect-src|Fetch API|fetch/.test(problem))).toEqual([]);
	problems.length = 0;
});

test('the page may not compile WebAssembly, as the terminal’s worker may', async ({
	page,
	problems
}) => {
	await page.goto('/');
	const outcome = await page.evaluate(() =>
		WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(
			() => 'compiled',
			() => 'refused'
		)
	);
	expect(outcome).toBe('refused');
	expect(problems.filter((problem) => !/wasm|WebAssembly/i.test(problem))).toEqual([]);
	problems.length = 0;
});

test('a fetch planted in a worker is blocked, also where the host sends no policy', async ({
	page,
	elsewhere,
	problems
}, info) => {
	// a worker of the app's own origin that the service worker serves as it serves every script
	const folder = info.outputPath('planted');
	cpSync(BUILD, folder, { recursive: true });
	writeFileSync(
		join(folder, 'boot.js'),
		`onmessage = ({ data }) => fetch(data)
			.then(() => 'got through', () => 'blocked')
			.then((outcome) => postMessage(outcome));`
	);
	const host = await startHost(folder, { sendsPolicies: false });
	try {
		await page.goto(host.origin);
		await expect(page.getByRole('link', { name: 'Offline-complete', exact: true })).toBeVisible(
			UNTIL_STORED
		);
		// a page of the same origin without a policy of its own, so that only the worker's own can hold it back
		await page.goto(`${host.origin}/icon.svg`);
		const outcome = await page.evaluate(
			(url) =>
				new Promise((answer) => {
					const worker = new Worker('/boot.js');
					worker.onmessage = ({ data }) => {
						answer(data);
					};
					worker.postMessage(url);
				}),
			elsewhere.origin
		);
		expect([outcome, elsewhere.asked]).toEqual(['blocked', 0]);
		problems.length = 0;
	} finally {
		host.stop();
	}
});

test('no other page may frame the console, also where the host sends no policy', async ({
	page,
	problems
}, info) => {
	const folder = info.outputPath('framed');
	cpSync(BUILD, folder, { recursive: true });
	writeFileSync(join(folder, 'frame.html'), '<iframe src="/keys" title="framed"></iframe>');
	const host = await startHost(folder, { sendsPolicies: false });
	try {
		await page.goto(`${host.origin}/keys`);
		await expect(page.getByRole('link', { name: 'Offline-complete', exact: true })).toBeVisible(
			UNTIL_STORED
		);
		await page.goto(`${host.origin}/frame.html`);
		await expect.poll(() => problems.join()).toMatch(/frame-ancestors|Framing|X-Frame/i);
		const framed = page.frameLocator('iframe').getByRole('heading', { level: 1 });
		// Firefox has a heading of its own there
		await expect(framed.filter({ hasText: 'Customer management key' })).toHaveCount(0);
		problems.length = 0;
	} finally {
		host.stop();
	}
});

test('framed before any service worker is there, by a host that sends no policy, the console is not started', async ({
	browser
}, info) => {
	const folder = info.outputPath('unstarted');
	cpSync(BUILD, folder, { recursive: true });
	writeFileSync(
		join(folder, 'frame.html'),
		'<iframe src="/keys" title="page"></iframe><iframe src="/keys/1/" title="fallback"></iframe>'
	);
	writeFileSync(
		join(folder, 'embed-frame.html'),
		'<iframe src="/embed/create.html" title="embed"></iframe>'
	);
	const host = await startHost(folder, { sendsPolicies: false });
	// its console reports what the page was kept from
	const page = await browser.newPage({ locale: 'en-US' });
	try {
		await page.goto(`${host.origin}/frame.html`);
		for (const title of ['page', 'fallback']) {
			const framed = page.frameLocator(`iframe[title="${title}"]`);
			const link = framed.getByRole('link', { name: 'Open it in a tab of its own' });
			await expect(link).toHaveAttribute('target', '_blank');
			await expect(framed.getByRole('button')).toHaveCount(0);
		}
		expect(page.workers()).toEqual([]);
		const opened = page.waitForEvent('popup');
		await page.frameLocator('iframe[title="page"]').getByRole('link').click();
		await expect((await opened).getByRole('heading', { level: 1 })).toHaveText(/Customer/);

		await page.goto(`${host.origin}/embed-frame.html`);
		const embed = page.frameLocator('iframe[title="embed"]');
		await expect(embed.getByRole('button', { name: 'Create key' })).toBeVisible();
	} finally {
		await page.close();
		host.stop();
	}
});
