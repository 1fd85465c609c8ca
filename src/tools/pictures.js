// npm run pictures: draws the icons and takes the screenshots that the manifest names. Needs a build and Chromium.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { findChromium } from './browsers.js';
import { toPalettePng } from './palette-png.js';
import { root } from './run.js';
import { serve } from './serve.js';

/** @typedef {import('playwright').Page} Page */

const STATIC = `${root}/static`;

const ICONS = [
	{ drawing: 'icon.svg', name: 'icon-192.png', size: 192 },
	{ drawing: 'icon.svg', name: 'icon-512.png', size: 512 },
	{ drawing: 'icon-maskable.svg', name: 'icon-maskable-192.png', size: 192 },
	{ drawing: 'icon-maskable.svg', name: 'icon-maskable-512.png', size: 512 },
	// iOS rounds the corners itself and paints what is transparent black
	{ drawing: 'icon-maskable.svg', name: 'icon-apple-180.png', size: 180 }
];

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 375, height: 812 };

const executablePath = findChromium();
const browser = await chromium.launch(executablePath ? { executablePath } : {});
const server = await serve(`${root}/build`, 0);
try {
	await drawIcons();
	mkdirSync(`${STATIC}/screenshots`, { recursive: true });
	const address = server.address();
	const baseURL = `http://localhost:${String(typeof address === 'object' ? address?.port : '')}`;
	await takeScreenshots(baseURL);
} finally {
	await browser.close();
	server.closeAllConnections();
	server.close();
}

async function drawIcons() {
	const page = await browser.newPage();
	for (const { drawing, name, size } of ICONS) {
		const svg = readFileSync(`${STATIC}/${drawing}`, 'base64');
		await page.setViewportSize({ width: size, height: size });
		await page.setContent(
			`<body style="margin:0"><img width="${String(size)}" src="data:image/svg+xml;base64,${svg}">`
		);
		write(name, await reduced(page, await page.screenshot({ omitBackground: true })));
	}
	await page.close();
}

/** @param {string} baseURL */
async function takeScreenshots(baseURL) {
	const context = await browser.newContext({
		baseURL,
		locale: 'en-US',
		timezoneId: 'Europe/Berlin',
		// for the style that is added below
		bypassCSP: true,
		colorScheme: 'light',
		reducedMotion: 'reduce',
		deviceScaleFactor: 2,
		viewport: WIDE
	});
	const page = await context.newPage();
	await createKey(page, 'app-config', 'KMS');
	await createKey(page, 'orders-archive', 'External');
	await createKey(page, 'payments', 'External');
	await importMaterial(page);
	const keyDetail = page.url();
	await takeScreenshot(page, 'wide-key-detail.png', WIDE);
	await page.goto('/audit');
	await page.getByRole('table').waitFor();
	await takeScreenshot(page, 'wide-audit-log.png', WIDE);

	await page.setViewportSize(NARROW);
	await page.goto('/keys');
	await page
		.getByRole('link', { name: 'payments' })
		.or(page.getByText('payments'))
		.first()
		.waitFor();
	await takeScreenshot(page, 'narrow-keys.png', NARROW);
	await page.goto(keyDetail);
	await page.getByRole('img', { name: 'State machine' }).first().scrollIntoViewIfNeeded();
	await takeScreenshot(page, 'narrow-pictures.png', NARROW);
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {typeof WIDE} viewport
 */
async function takeScreenshot(page, name, viewport) {
	await page.getByText('Offline-complete').first().waitFor();
	// confirmations cover what is shown, and go by themselves
	await page.getByRole('button', { name: 'Dismiss' }).first().waitFor({ state: 'detached' });
	// twice as sharp where it is shown on a telephone
	const scale = viewport === NARROW ? 'device' : 'css';
	const style = 'html { scrollbar-gutter: auto !important }';
	write(`screenshots/${name}`, await reduced(page, await page.screenshot({ scale, style })));
}

/**
 * From anywhere to Key Detail.
 *
 * @param {Page} page
 * @param {string} alias
 * @param {'KMS' | 'External'} origin
 */
async function createKey(page, alias, origin) {
	await page.goto('/keys/create');
	await page.getByRole('textbox', { name: 'Alias' }).fill(alias);
	await page.getByRole('radio', { name: origin }).check();
	if (origin === 'External') await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await page.getByRole('heading', { level: 1, name: 'Key Detail' }).waitFor();
}

/**
 * The whole procedure in the workbench, from Key Detail to Key Detail.
 *
 * @param {Page} page
 */
async function importMaterial(page) {
	await page.getByRole('link', { name: 'Get Parameters for Import' }).first().click();
	await page.getByRole('radio', { name: 'RSAES_OAEP_SHA_256' }).check();
	await page.getByRole('button', { name: 'Get parameters' }).click();
	await page.getByRole('button', { name: 'Send to workbench' }).click();
	const workbench = page.getByRole('complementary', { name: 'Workbench' });
	await workbench.getByRole('button', { name: 'Make key material' }).click();
	await workbench.getByRole('button', { name: 'Encrypt', exact: true }).click();
	await workbench.getByRole('group', { name: /^EncryptedKeyMaterial/ }).waitFor();
	await page.getByRole('link', { name: "Next: Import Key's Data" }).click();
	await chooseFromTray(page, 'Encrypt key files', /^EncryptedKeyMaterial/);
	await chooseFromTray(page, 'Import Token', /^ImportToken/);
	await page.getByRole('button', { name: 'Confirm' }).click();
	await page.getByRole('heading', { level: 1, name: 'Key Detail' }).waitFor();
}

/**
 * @param {Page} page
 * @param {string} field
 * @param {RegExp} file
 */
async function chooseFromTray(page, field, file) {
	const select = page.getByRole('group', { name: field }).getByRole('combobox');
	const option = select.getByRole('option', { name: file });
	await select.selectOption((await option.textContent())?.trim() ?? '');
}

/**
 * The browser that drew the picture takes it apart again.
 *
 * @param {Page} page
 * @param {Buffer} png
 * @returns {Promise<Buffer>}
 */
async function reduced(page, png) {
	const { width, height, rgba } = await page.evaluate(async (base64) => {
		const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
		const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
		const { width, height } = bitmap;
		const canvas = new OffscreenCanvas(width, height).getContext('2d');
		canvas?.drawImage(bitmap, 0, 0);
		const { data } = canvas?.getImageData(0, 0, width, height) ?? { data: [] };
		let text = '';
		for (let i = 0; i < data.length; i += 4096)
			text += String.fromCharCode(...data.slice(i, i + 4096));
		return { width, height, rgba: btoa(text) };
	}, png.toString('base64'));
	return toPalettePng(width, height, Buffer.from(rgba, 'base64'));
}

/**
 * @param {string} name
 * @param {Buffer} bytes
 */
function write(name, bytes) {
	writeFileSync(`${STATIC}/${name}`, bytes);
	console.log(`${name}: ${(bytes.length / 1000).toFixed(1)} kB`);
}
