/** What the documentation says to paste, pasted; and the help page that it shows, opened. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { demoIn, expect, expectReady, test as base } from './embed-host';
import { doUpload } from './embed-jobs';

const ROOT = join(import.meta.dirname, '../..');
const TYPES: Readonly<Record<string, string>> = {
	'.css': 'text/css',
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript'
};

interface Fixtures {
	/** Serves a folder as the plainest host does, without any header. @returns the origin, which is not the app's */
	readonly serveFolder: (folder: string) => Promise<string>;
}

const test = base.extend<Fixtures>({
	// a file has no host
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	hosts: async ({}, use) => {
		await use(['localhost', '127.0.0.1', '']);
	},
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	serveFolder: async ({}, use) => {
		const ends: (() => void)[] = [];
		await use(async (folder) => {
			const server = createServer(({ url = '' }, response) => {
				const { pathname } = new URL(url, 'http://host');
				try {
					const content = readFileSync(join(folder, pathname));
					response.writeHead(200, { 'content-type': TYPES[extname(pathname)] }).end(content);
				} catch {
					response.writeHead(404).end();
				}
			});
			await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
			ends.push(() => {
				server.closeAllConnections();
				server.close();
			});
			return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
		});
		for (const end of ends) end();
	}
});

const TITLE = 'Upload encrypted key material and import token';
const FILE = 'guide.html';

/** The first block of docs/embed.md in a page that has nothing else. @param app where the build is */
function pastedPage(app: string): string {
	const [, block] =
		/```html\n([^]*?)```/.exec(readFileSync(join(ROOT, 'docs/embed.md'), 'utf8')) ?? [];
	if (block === undefined) throw new Error('docs/embed.md has nothing to paste');
	return `<!doctype html>\n<html lang="en">\n<title>Guide</title>\n${block.replaceAll('https://learn.example/kms/', `${app}/`)}`;
}

/** In Firefox the driver's pointer does not reach a frame inside of a file of the disk. */
const TAGS = { 'a file of the disk': ' @chromium', 'a page of another host': '' } as const;

for (const where of ['a file of the disk', 'a page of another host'] as const)
	test(`what the documentation says to paste starts in ${where} and does its job${TAGS[where]}`, async ({
		page,
		app,
		terminal,
		serveFolder
	}) => {
		terminal.write(FILE, pastedPage(app));
		await page.goto(
			where === 'a file of the disk'
				? pathToFileURL(terminal.path(FILE)).href
				: `${await serveFolder(terminal.folder)}/${FILE}`
		);
		await page.getByRole('button', { name: `${TITLE} Start the demo` }).click();
		const demo = demoIn(page, TITLE);
		await expectReady(demo);
		await doUpload(demo);
	});

test('every demo of the example of a help page starts without a fault', async ({
	page,
	serveFolder
}) => {
	await page.goto(`${await serveFolder(ROOT)}/docs/embed/help-page.html`);
	const demos = page.locator('kms-demo');
	await expect(page.getByRole('button', { name: /Start the demo$/ })).toHaveCount(6);
	const faults = await page.evaluateHandle(() => {
		const heard: string[] = [];
		for (const demo of document.querySelectorAll('kms-demo'))
			demo.addEventListener('error', (event) => {
				heard.push(`${demo.title}: ${JSON.stringify((event as CustomEvent).detail)}`);
			});
		return heard;
	});
	for (const demo of await demos.all()) {
		const title = (await demo.getAttribute('title')) ?? '';
		await demo.getByRole('button', { name: /Start the demo$/ }).click();
		await expectReady(demoIn(page, title));
	}
	expect(await faults.jsonValue()).toEqual([]);
});
