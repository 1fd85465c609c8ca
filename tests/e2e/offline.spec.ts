/** After the first visit the network is not needed any more: not for the procedure, not after the browser was closed. */
import type { Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD, startHost, UNTIL_STORED } from './host';
import { savedBy } from './saved-files';
import { collectProblems, expect, test, type Terminal } from './support';

const LOCALES = ['en', 'zh-CN'] as const;
type Locale = (typeof LOCALES)[number];

/** Every text of a language, by its name. */
function texts(locale: Locale): Readonly<Record<string, string>> {
	const folder = join(import.meta.dirname, '../../src/i18n/messages', locale);
	const files = readdirSync(folder).map(
		(name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>
	);
	return Object.assign({}, ...files) as Record<string, string>;
}

/** The documented import as it is done by hand, in the words of one language. */
async function importByHand(
	page: Page,
	locale: Locale,
	alias: string,
	{ openssl, read, write }: Terminal
): Promise<void> {
	const t = texts(locale);
	const name = (key: string) => ({ name: t[key] ?? `no text ${key}`, exact: true });

	await page.getByRole('link', name('shell_customer_managed_keys')).first().click();
	await page.getByRole('link', name('keys_create')).first().click();
	await page.getByRole('textbox', { name: t['keys_alias'] ?? '' }).fill(alias);
	await page.getByRole('radio', { name: t['keys_origin_external'] ?? '' }).check();
	await page.getByRole('checkbox', { name: t['keys_understand'] ?? '' }).check();
	await page.getByRole('button', name('keys_create')).click();
	const facts = page.getByRole('region', name('keys_facts'));
	await expect(facts).toContainText(t['keys_state_pending_import'] ?? '');

	await page.getByRole('link', name('keys_get_parameters')).first().click();
	await page.getByRole('radio', { name: 'RSAES_OAEP_SHA_256' }).check();
	await page.getByRole('button', name('parameters_get')).click();
	async function save(group: string, button: string): Promise<Buffer> {
		const { content } = await savedBy(page, () =>
			page.getByRole('group', name(group)).getByRole('button', name(button)).click()
		);
		return content;
	}
	write('PublicKey.pem', await save('parameters_public_key', 'parameters_download_pem'));
	const token = await save('parameters_import_token', 'parameters_download_hex');
	openssl('rand', '-out', 'KeyMaterial.bin', '32');
	openssl(
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', 'PublicKey.pem', '-in', 'KeyMaterial.bin'],
		...[
			'-pkeyopt',
			'rsa_padding_mode:oaep',
			'-pkeyopt',
			'rsa_oaep_md:sha256',
			'-out',
			'wrapped.bin'
		]
	);

	await page.getByRole('link', name('keys_detail_title')).click();
	await page.getByRole('link', name('keys_import_data')).first().click();
	for (const [field, file] of [
		['import_material', { name: 'wrapped.bin', buffer: read('wrapped.bin') }],
		['import_token', { name: 'token.hex', buffer: token }]
	] as const) {
		const [chooser] = await Promise.all([
			page.waitForEvent('filechooser'),
			page.getByRole('group', name(field)).getByRole('button', name('upload_select')).click()
		]);
		await chooser.setFiles({ ...file, mimeType: 'application/octet-stream' });
	}
	await page.getByRole('radio', name('import_never')).check();
	await page.getByRole('button', name('import_confirm')).click();
	await expect(facts).toContainText(t['keys_state_enabled'] ?? 'ENABLED');
}

const offlineMark = (page: Page, locale: Locale) =>
	page.getByRole('link', { name: texts(locale)['offline_complete'] ?? '', exact: true });

for (const locale of LOCALES)
	test(`first visit, network off, the whole import, the browser restarted, still offline: ${locale}${locale === 'en' ? ' @firefox' : ''}`, async ({
		openBrowser,
		terminal
	}) => {
		test.setTimeout(300_000);
		const host = await startHost();
		let context = await openBrowser(locale);
		try {
			let page = await context.newPage();
			await page.goto(host.origin);
			await expect(page.getByText(texts(locale)['offline_told_once'] ?? '')).toBeVisible(
				UNTIL_STORED
			);
			await expect(offlineMark(page, locale)).toBeVisible(UNTIL_STORED);
			host.stop();

			await importByHand(page, locale, 'first', terminal);
			const keyPage = page.url();
			await page.reload();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(
				texts(locale)['keys_detail_title'] ?? ''
			);
			await context.close();

			context = await openBrowser(locale);
			page = await context.newPage();
			await page.goto(keyPage);
			const facts = page.getByRole('region', { name: texts(locale)['keys_facts'] ?? '' });
			await expect(facts).toContainText('first');
			await expect(offlineMark(page, locale)).toBeVisible(UNTIL_STORED);
			await importByHand(page, locale, 'second', terminal);
			await page.goto(`${host.origin}/no/such/page`);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(
				texts(locale)['shell_not_found_title'] ?? ''
			);
		} finally {
			host.stop();
		}
	});

test('every page opens without the network, also one that was never visited', async ({
	openBrowser
}) => {
	const host = await startHost();
	const page = await (await openBrowser()).newPage();
	await page.goto(host.origin);
	await expect(offlineMark(page, 'en')).toBeVisible(UNTIL_STORED);
	host.stop();
	const pages = readdirSync(BUILD, { recursive: true, encoding: 'utf8' })
		// embeds are not pages of the app
		.filter((file) => /^(?!embed\/).*\.html$/.test(file) && file !== '404.html')
		.map((file) => `/${file.replace(/(?:index)?\.html$/, '')}`);
	expect(pages).toContain('/keys/create');
	for (const path of pages) {
		await page.goto(host.origin + path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		// a page that is left while it loads its parts says that it has not got them
		await expect(offlineMark(page, 'en')).toBeVisible(UNTIL_STORED);
	}
});

test('a visit that the network cut short says what is missing, and goes on when it is back @firefox', async ({
	page,
	problems
}) => {
	const host = await startHost();
	try {
		host.lose(/icon\.svg$/);
		await page.goto(host.origin);
		const mark = page.getByRole('link', { name: 'Not complete offline', exact: true });
		await expect(mark).toBeVisible();
		await mark.click();
		const offline = page.getByRole('region', { name: 'Offline use' });
		await expect(offline).toContainText('Some files could not be loaded.');
		host.restore();
		await page.evaluate(() => window.dispatchEvent(new Event('online')));
		await expect(offlineMark(page, 'en')).toBeVisible(UNTIL_STORED);
		await expect(offline).toContainText('files are stored and were checked');
		// the browser reports each request that failed
		expect(problems.filter((problem) => !problem.includes('ERR_EMPTY_RESPONSE'))).toEqual([]);
		problems.length = 0;
	} finally {
		host.stop();
	}
});

test('a page that is opened while another one stores the files says when they are complete @all', async ({
	openBrowser,
	ownApp
}) => {
	ownApp.hold(/third-party-notices\.txt$/);
	const context = await openBrowser();
	const pages = [await context.newPage(), await context.newPage()];
	for (const page of pages) {
		await page.goto(ownApp.origin);
		await expect(
			page.getByRole('link', { name: 'Preparing for offline use', exact: true })
		).toBeVisible();
	}
	ownApp.restore();
	for (const page of pages) await expect(offlineMark(page, 'en')).toBeVisible(UNTIL_STORED);
});

test('where no service worker may run the app works, and says what it lacks @firefox', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext({
		serviceWorkers: 'block',
		locale: 'en-US',
		...(baseURL !== undefined && { baseURL })
	});
	const problems = collectProblems(context);
	const page = await context.newPage();
	await page.goto('/keys/create');
	await expect(page.getByRole('link', { name: 'No offline use', exact: true })).toBeVisible();
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Key Detail' })).toBeVisible();
	await context.close();
	// Playwright blocks it by a script that says so
	expect(problems.filter((problem) => !problem.includes('Service Worker'))).toEqual([]);
});
