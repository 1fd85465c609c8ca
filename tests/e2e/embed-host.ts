/**
 * Somebody else's page around the embeds: a second origin (127.0.0.1, the app is on localhost) with a strict policy and a style
 * sheet that touches everything.
 */
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_PARAMETERS } from '../../src/lib/embed/parameters';
import { codeOf, policyOf, type Wanted } from '../../src/routes/embed-builder/forms';
import { BUILD } from './host';
import { expect, test as base } from './support';

/** Room for the highest part of the main job. */
const HEIGHT = 2400;

type Kind = 'iframe' | 'element';

const wanted = (app: string, name: string): Wanted => ({
	chosen: { name, digest: '' },
	title: name,
	parameters: { ...DEFAULT_PARAMETERS, lang: 'en' },
	height: HEIGHT,
	start: 'click',
	base: `${app}/embed/`
});

/** What the builder page says that a host's policy needs. */
export const policyFor = (kind: Kind, app: string): string => policyOf(kind, wanted(app, 'create'));

/** What the builder page writes, with attributes more, or with others, in the tag of the demo. */
export const codeFor = (kind: Kind, app: string, name: string, attributes = ''): string =>
	codeOf(kind, wanted(app, name)).replace(
		/<(iframe|kms-demo)\n/,
		(tag) => `${tag}  ${attributes}\n`
	);

/** Of the host page itself. */
const OWN_POLICY = `default-src 'none'; style-src 'self'; img-src data:`;

/** What a page may do to all it has, and an embed must neither suffer nor answer. */
const CSS = `
* { font: italic 700 23px/2 serif !important; letter-spacing: 3px !important; color: rgb(120 20 20) !important; }
* { text-transform: uppercase !important; box-sizing: content-box !important; text-shadow: 1px 1px lime; }
body { margin: 24px; max-width: 1000px; background: rgb(250 245 230); direction: ltr; }
button, a, span, svg, div, slot { display: inline !important; padding: 17px !important; float: right; }
button, span, p { background: rgb(255 240 0) !important; transform: rotate(2deg); }
iframe { outline: 9px solid red; opacity: 0.9; }
h1, h2 { margin: 40px 0; transform: none; }
kms-demo { margin: 16px 0; }
kms-demo:not(:defined) { display: block; height: ${String(HEIGHT)}px; }
`;

interface HostPage {
	readonly body: string;
	/** Beside the page's own: {@link policyFor}. */
	readonly policy: string;
}

export interface EmbedHost {
	readonly origin: string;
	/** @returns its address */
	put(name: string, page: HostPage): string;
}

interface Fixtures {
	readonly host: EmbedHost;
	/** The origin of the app. */
	readonly app: string;
}

export const test = base.extend<Fixtures>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	hosts: async ({}, use) => {
		await use(['localhost', '127.0.0.1']);
	},
	app: async ({ baseURL }, use) => {
		await use(baseURL ?? '');
	},
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	host: async ({}, use) => {
		const pages = new Map<string, HostPage>();
		const server = createServer(({ url = '' }, response) => {
			const { pathname } = new URL(url, 'http://host');
			const page = pages.get(pathname);
			if (pathname === '/host.css')
				response.writeHead(200, { 'content-type': 'text/css' }).end(CSS);
			else if (pathname === '/kms-demo.js')
				response
					.writeHead(200, { 'content-type': 'text/javascript' })
					.end(readFileSync(join(BUILD, 'embed/kms-demo.js')));
			else if (!page) response.writeHead(404).end();
			else
				response
					.writeHead(200, {
						'content-type': 'text/html; charset=utf-8',
						'content-security-policy': `${OWN_POLICY}; ${page.policy}`
					})
					.end(documentOf(page));
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const { port } = server.address() as AddressInfo;
		const origin = `http://127.0.0.1:${String(port)}`;
		await use({
			origin,
			put: (name, page) => {
				pages.set(`/${name}.html`, page);
				return `${origin}/${name}.html`;
			}
		});
		server.closeAllConnections();
		server.close();
	}
});

const documentOf = ({ body }: HostPage) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Upload encrypted key material</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="host.css"></head>
<body><h1>Upload encrypted key material</h1><p>As the guide says.</p>
${body}
<h2>What comes next</h2><p>More of the guide.</p></body></html>`;

export { expect };

export type Demo = FrameLocator;

/** The demo in the frame of that name. */
export const demoIn = (page: Page | Locator, title: string): Demo =>
	page.locator(`iframe[title="${title}"]`).contentFrame();

export const guideOf = (demo: Demo): Locator => demo.getByRole('region', { name: 'Guide' });

export async function expectReady(demo: Demo): Promise<void> {
	await expect(guideOf(demo)).toBeVisible({ timeout: 30_000 });
}
