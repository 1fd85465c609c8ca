/** The page as an installed app: what the manifest promises is there, and what launches bring is taken. */
import type { CDPSession, Page } from '@playwright/test';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '../../src/tools/serve.js';
import { createExternalKey, getParameters, moveClock, save, uploadKeyFiles } from './console';
import { savedBy } from './saved-files';
import { expect, test } from './support';

interface Image {
	readonly src: string;
	readonly type: string;
	readonly sizes: string;
}

interface Manifest {
	readonly start_url: string;
	readonly icons: readonly (Image & { readonly purpose: string })[];
	readonly screenshots: readonly (Image & { readonly form_factor: string })[];
	readonly shortcuts: readonly { readonly name: string; readonly url: string }[];
	readonly file_handlers: readonly {
		readonly action: string;
		readonly accept: Readonly<Record<string, readonly string[]>>;
	}[];
}

const BUILD = join(import.meta.dirname, '../../build');
const ONLY_CHROMIUM = 'only Chromium says what it makes of a manifest';
const PNG_SIGNATURE = '89504e470d0a1a0a';

/** By its header: the signature, then the chunk IHDR that begins with width and height. */
function sizeOfPng(png: Buffer): string {
	expect(png.subarray(0, 8).toString('hex')).toBe(PNG_SIGNATURE);
	expect(png.subarray(12, 16).toString('latin1')).toBe('IHDR');
	return `${String(png.readUInt32BE(16))}x${String(png.readUInt32BE(20))}`;
}

async function readManifest(page: Page): Promise<{ url: string; manifest: Manifest }> {
	const url = await page.evaluate(
		() => document.querySelector<HTMLLinkElement>('link[rel="manifest"]')?.href ?? ''
	);
	const response = await page.request.get(url);
	expect(response.headers()['content-type']).toBe('application/manifest+json');
	return { url, manifest: (await response.json()) as Manifest };
}

const appIdOf = async (session: CDPSession) => (await session.send('Page.getAppId')).appId;

test('every picture that the manifest names is there, of the type and size it says @all', async ({
	page
}) => {
	await page.goto('/');
	const { url, manifest } = await readManifest(page);
	const { icons, screenshots } = manifest;
	for (const { src, type, sizes } of [...icons, ...screenshots]) {
		const response = await page.request.get(new URL(src, url).href);
		expect(response.headers()['content-type'], src).toBe(type);
		if (type === 'image/png') expect(sizeOfPng(await response.body()), src).toBe(sizes);
		else
			expect([sizes, await response.text()], src).toEqual(['any', expect.stringMatching(/^<svg/)]);
	}
	expect(icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`)).toEqual([
		...['any any', 'any 192x192', 'any 512x512'],
		...['maskable any', 'maskable 192x192', 'maskable 512x512']
	]);
	expect(screenshots.map(({ form_factor }) => form_factor)).toContain('wide');
	expect(screenshots.map(({ form_factor }) => form_factor)).toContain('narrow');
	const touchIcon = await page.evaluate(
		() => document.querySelector<HTMLLinkElement>('link[rel="apple-touch-icon"]')?.href ?? ''
	);
	expect(sizeOfPng(await (await page.request.get(touchIcon)).body())).toBe('180x180');
});

test('every shortcut and every file leads to a page that exists @all', async ({ page }) => {
	await page.goto('/');
	const { url, manifest } = await readManifest(page);
	const { shortcuts, file_handlers } = manifest;
	for (const target of [...shortcuts, ...file_handlers].map((one) =>
		'url' in one ? one.url : one.action
	)) {
		await page.goto(new URL(target, url).href);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Page not found' })).toHaveCount(0);
	}
	expect(file_handlers.map(({ accept }) => accept)).toEqual([
		{ 'application/x-kms-workspace': ['.kms-workspace'] },
		{ 'application/x-kms-scenario+json': ['.scenario.json'] }
	]);
});

test('the browser finds nothing wrong with it, and would install it @all', async ({
	page,
	context,
	browserName
}) => {
	test.skip(browserName !== 'chromium', ONLY_CHROMIUM);
	await page.goto('/');
	const session = await context.newCDPSession(page);
	const { errors } = await session.send('Page.getAppManifest');
	expect(errors).toEqual([]);
	const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
	// the one thing that a private window, in which tests run, has against it
	expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
	expect(await appIdOf(session)).toBe(new URL('/', page.url()).href);
});

test('below a path it is an app of its own @all', async ({ browser, browserName }) => {
	test.skip(browserName !== 'chromium', ONLY_CHROMIUM);
	const server = await serve(BUILD, 0, { base: '/docs/app' });
	try {
		const { port } = server.address() as AddressInfo;
		const app = `http://localhost:${String(port)}/docs/app/`;
		const context = await browser.newContext();
		const page = await context.newPage();
		await page.goto(`${app}sandbox`);
		const session = await context.newCDPSession(page);
		const { errors, data } = await session.send('Page.getAppManifest');
		expect([errors, data === undefined]).toEqual([[], false]);
		expect(await appIdOf(session)).toBe(app);
		await context.close();
	} finally {
		server.closeAllConnections();
		server.close();
	}
});

const installPanel = (page: Page) => page.getByRole('region', { name: 'Install' });

test('a browser that makes no offer is told apart by what it has @all', async ({
	page,
	browserName
}) => {
	await page.goto('/sandbox');
	const way =
		browserName === 'chromium' ? /look for “Install”/ : /In a tab the sandbox works offline/;
	await expect(installPanel(page).getByRole('status')).toHaveText(way);
	await expect(installPanel(page).getByRole('button')).toHaveCount(0);
});

test('the browser’s offer becomes a button, which asks once @all', async ({
	page,
	browserName
}) => {
	test.skip(browserName !== 'chromium', 'only Chromium offers installation and opens files');
	await page.goto('/sandbox');
	await expect(installPanel(page).getByRole('status')).not.toHaveText('Loading');
	const prevented = await page.evaluate(() => {
		const event = new Event('beforeinstallprompt', { cancelable: true });
		document.documentElement.dataset['asked'] = '0';
		Object.assign(event, {
			prompt: () => {
				const { dataset } = document.documentElement;
				dataset['asked'] = String(Number(dataset['asked']) + 1);
				return Promise.resolve({ outcome: 'accepted' });
			}
		});
		dispatchEvent(event);
		return event.defaultPrevented;
	});
	expect(prevented).toBe(true);
	const button = installPanel(page).getByRole('button', { name: 'Install' });
	// not by the mouse: what stands above it may still grow
	await button.press('Enter');
	await expect(button).toHaveCount(0);
	await expect(page.locator('html')).toHaveAttribute('data-asked', '1');
	await expect(installPanel(page).getByRole('heading', { name: 'Install' })).toBeFocused();
	await page.evaluate(() => dispatchEvent(new Event('appinstalled')));
	await expect(installPanel(page).getByText(/^Installed\./)).toBeVisible();
});

test('an offer that comes before the page’s own scripts is not lost @all', async ({ page }) => {
	await page.addInitScript(() => {
		addEventListener('DOMContentLoaded', () => {
			dispatchEvent(new Event('beforeinstallprompt', { cancelable: true }));
		});
	});
	await page.goto('/sandbox');
	await expect(installPanel(page).getByRole('button', { name: 'Install' })).toBeVisible();
});

/** What an installed window answers; everything else is asked of the browser. */
function beInstalled(): void {
	const original = window.matchMedia.bind(window);
	window.matchMedia = (query) =>
		query === '(display-mode: standalone)'
			? Object.assign(new EventTarget(), { matches: true } as MediaQueryList)
			: original(query);
}

test('an installed window says that it is one @all', async ({ page }) => {
	await page.addInitScript(beInstalled);
	await page.goto('/sandbox');
	await expect(installPanel(page).getByText('This window is the installed app.')).toBeVisible();
	await expect(installPanel(page).getByRole('button')).toHaveCount(0);
	// the window's bar begins with the app's name
	await expect(page).toHaveTitle('Sandbox');
});

/** As an installed app is launched: the consumer is called whenever the test says so. */
function takeConsumer(): void {
	type Consumer = (launch: unknown) => void;
	const launchQueue = {
		setConsumer: (consumer: Consumer) => {
			addEventListener('launch', (event) => {
				consumer((event as CustomEvent).detail);
			});
			document.documentElement.dataset['consumer'] = '';
		}
	};
	Object.defineProperty(window, 'launchQueue', { value: launchQueue });
}

async function launch(page: Page, path: string, file?: { name: string; text: string }) {
	await expect(page.locator('html')).toHaveAttribute('data-consumer', '');
	await page.evaluate(
		({ path, file }) => {
			const files = file
				? [{ kind: 'file', getFile: () => Promise.resolve(new File([file.text], file.name)) }]
				: [];
			const targetURL = new URL(path, location.origin).href;
			dispatchEvent(new CustomEvent('launch', { detail: { targetURL, files } }));
		},
		{ path, file }
	);
}

async function exportWorkspace(page: Page): Promise<{ name: string; text: string }> {
	const storage = page.getByRole('region', { name: 'Storage' });
	const { name, content } = await savedBy(page, () =>
		storage.getByRole('button', { name: 'Export this workspace' }).click()
	);
	return { name, text: content.toString() };
}

test('a file that the system opens fills the import, and is checked like any other @all', async ({
	page,
	browserName
}) => {
	test.skip(browserName !== 'chromium', 'only Chromium offers installation and opens files');
	await page.addInitScript(takeConsumer);
	await page.goto('/sandbox');
	const file = await exportWorkspace(page);
	await launch(page, '/sandbox', file);
	await expect(page.getByText(/^Main\.kms-workspace,/)).toBeVisible();
	const name = page.getByRole('textbox', { name: 'Name of the new workspace' });
	await expect(name).toHaveValue('Main 2');
	// Firefox's window has lost the focus to its list of downloads
	await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
	await page.getByRole('button', { name: 'Import workspace' }).click();
	await expect(page.getByRole('button', { name: 'Open Main 2' })).toBeVisible();

	await launch(page, '/sandbox', { name: 'other.kms-workspace', text: 'something else' });
	await page.getByRole('button', { name: 'Import workspace' }).click();
	await expect(page.getByText(/not an exported workspace/)).toBeVisible();
});

test('a scenario that the system opens is read like one that was chosen @all', async ({
	page,
	browserName
}) => {
	test.skip(browserName !== 'chromium', 'only Chromium offers installation and opens files');
	await page.addInitScript(takeConsumer);
	await page.goto('/learn/first-import');
	const { name, content } = await savedBy(page, () =>
		page.getByRole('button', { name: 'Save as file' }).click()
	);
	await launch(page, '/learn/open', { name, text: content.toString() });
	await expect(page.getByRole('status').getByText('first-import.scenario.json')).toBeVisible();
	await launch(page, '/learn/open', { name: 'other.scenario.json', text: '{}' });
	await expect(page.getByRole('status').getByText('other.scenario.json')).toBeVisible();
});

test('a launch goes where it leads, and asks first where something was typed @all', async ({
	page
}) => {
	await page.addInitScript(takeConsumer);
	await page.goto('/keys');
	await launch(page, '/');
	await launch(page, '/audit');
	await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();

	await page.goto('/keys/create');
	const alias = page.getByRole('textbox', { name: 'Alias' });
	await alias.fill('half-filled');
	page.once('dialog', (dialog) => void dialog.dismiss());
	await launch(page, '/sandbox', { name: 'First.kms-workspace', text: '' });
	await expect(alias).toHaveValue('half-filled');
	page.once('dialog', (dialog) => void dialog.accept());
	await launch(page, '/sandbox', { name: 'Second.kms-workspace', text: '' });
	// none of the two is lost: one after the other
	await expect(page.getByText(/^First\.kms-workspace,/)).toBeVisible();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByText(/^Second\.kms-workspace,/)).toBeVisible();
});

test('the badge of an installed app counts what expires within a day @all', async ({
	page,
	terminal
}) => {
	await page.addInitScript(beInstalled);
	await page.addInitScript(() => {
		const show = (count: number) => {
			document.documentElement.dataset['badge'] = String(count);
			return Promise.resolve();
		};
		Object.assign(navigator, { setAppBadge: show, clearAppBadge: () => show(0) });
	});
	await createExternalKey(page, 'badge');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	terminal.write('key.pem', await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	terminal.openssl('rand', '-out', 'material.bin', '32');
	terminal.openssl(
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', 'key.pem', '-in', 'material.bin'],
		...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256', '-out', 'wrapped']
	);
	await expect(page.locator('html')).toHaveAttribute('data-badge', '0');
	await page.getByRole('link', { name: 'Key Detail' }).click();
	const material = { name: 'wrapped', content: terminal.read('wrapped') };
	await uploadKeyFiles(page, material, { name: 'token', content: token }, 'Expiry Date');
	await expect(page.locator('html')).toHaveAttribute('data-badge', '1');
	await moveClock(page, '+24 h');
	await expect(page.locator('html')).toHaveAttribute('data-badge', '0');
});
