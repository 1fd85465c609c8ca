/**
 * The main job in a third engine: the documented import with the machine's own openssl, and then without a network.
 * WebKitGTK is Safari's engine without Safari: nothing here tells about its limits of storage or its installation.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findWebKit } from '../../src/tools/browsers.js';
import { serve } from '../../src/tools/serve.js';
import { startBrowser, type Browser } from './browser';
import { Page } from './page';

const BUILD = join(import.meta.dirname, '../../build');
const RESULTS = join(import.meta.dirname, '../../test-results');

let server: Server | undefined;
let browser: Browser | undefined;

function stopServer(): void {
	server?.closeAllConnections();
	server?.close();
	server = undefined;
}

afterEach(async ({ task }) => {
	if (browser && task.result?.state === 'fail') {
		mkdirSync(RESULTS, { recursive: true });
		writeFileSync(join(RESULTS, 'webkit.png'), await browser.driver.screenshot());
	}
	await browser?.close();
	stopServer();
});

/** A file as the page saved it, once it is whole. */
async function downloaded(folder: string, ending: string): Promise<string> {
	return vi.waitFor(() => {
		const name = readdirSync(folder).find((file) => file.endsWith(ending));
		if (name === undefined) throw new Error(`nothing was saved that ends in ${ending}`);
		return join(folder, name);
	}, 10_000);
}

test('WebKitGTK: material wrapped by openssl is imported, and a deep link opens without a network', async () => {
	const programs = findWebKit();
	if (!programs) throw new Error('WebKitWebDriver or Xvfb is not installed');
	server = await serve(BUILD, 0);
	const origin = `http://localhost:${String((server.address() as AddressInfo).port)}`;
	browser = await startBrowser(programs);
	const { driver, downloads } = browser;
	const page = new Page(driver);

	await driver.goto(`${origin}/keys/create`);
	await page.fill(/^Alias/, 'webkit');
	await page.click('radio', /^External/);
	await page.click('checkbox', /^I understand/);
	await page.click('button', 'Create key');
	await page.expectText('region', 'Facts', 'PENDING_IMPORT');
	const keyPage = String(await driver.evaluate('return location.href'));

	await page.click('link', 'Get Parameters for Import');
	await page.click('radio', /^RSAES_OAEP_SHA_256/);
	await page.click('button', 'Get parameters');
	await page.click('button', 'Download PEM', await page.find('group', 'Public Key'));
	await page.click('button', 'Download hex', await page.find('group', 'Import Token'));
	const publicKey = await downloaded(downloads, '.pem');
	const token = await downloaded(downloads, '.hex');

	const material = join(downloads, 'KeyMaterial.bin');
	const wrapped = join(downloads, 'EncryptedKeyMaterial.bin');
	execFileSync('openssl', ['rand', '-out', material, '32']);
	execFileSync('openssl', [
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', publicKey, '-in', material, '-out', wrapped],
		...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256']
	]);

	await page.click('link', "Next: Import Key's Data");
	await page.choose('Encrypt key files', wrapped);
	await page.choose('Import Token', token);
	await page.click('radio', 'Never Expire');
	await page.click('button', 'Confirm');
	await page.expectText('region', 'Facts', 'ENABLED');

	const encrypt = await page.find('form', 'Encrypt');
	await page.fill('Plaintext', 'a secret of WebKit', encrypt);
	await page.click('button', 'Encrypt', encrypt);
	await page.click('button', 'Put into Decrypt', encrypt);
	await page.click('button', 'Decrypt', await page.find('form', 'Decrypt'));
	await page.expectText('form', 'Decrypt', 'a secret of WebKit');

	await vi.waitFor(async () => {
		expect(await driver.evaluate('return navigator.serviceWorker.controller !== null')).toBe(true);
	}, 20_000);
	stopServer();
	await expect(fetch(origin)).rejects.toThrow('fetch failed');
	await driver.goto(keyPage);
	await page.expectText('region', 'Facts', 'ENABLED');
	await driver.goto(`${origin}/audit`);
	await page.expectText('region', 'Events', 'ImportKeyMaterial');
});
