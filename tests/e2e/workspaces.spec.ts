/** Workspaces, settings and storage: the page "Sandbox". */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import {
	createExternalKey,
	expectStatus,
	getParameters,
	openKeyList,
	save,
	sendToWorkbench,
	uploadKeyFiles
} from './console';
import { savedBy, type SavedFile } from './saved-files';
import { collectProblems, expect, test, type Terminal } from './support';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function openSandbox(page: Page): Promise<void> {
	await page
		.getByRole('navigation', { name: 'Navigation' })
		.getByRole('link', { name: 'Sandbox' })
		.click();
	await expect(page.getByRole('heading', { level: 1, name: 'Sandbox' })).toBeVisible();
	await expect(rows(page).first()).toBeVisible();
}

const rows = (page: Page) =>
	page.getByRole('table', { name: 'Workspaces' }).getByRole('row', { name: 'Duplicate' });
const row = (page: Page, name: string) =>
	page
		.getByRole('table', { name: 'Workspaces' })
		.getByRole('row', { name: new RegExp(`^${name} `) });

async function createWorkspace(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name: 'New workspace' }).click();
	const dialog = page.getByRole('dialog', { name: 'New workspace' });
	await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
	await dialog.getByRole('button', { name: 'Create workspace' }).click();
}

const exported = (page: Page): Promise<SavedFile> =>
	savedBy(page, () =>
		page
			.getByRole('region', { name: 'Workspaces' })
			.getByRole('button', { name: 'Export this workspace' })
			.click()
	);

async function chooseFile(page: Page, name: string, buffer: Buffer): Promise<void> {
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		page.getByRole('button', { name: 'Choose file' }).click()
	]);
	await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

/** A CMK with the material of a file that openssl made. @returns what Encrypt made of the text */
async function useImportedKey(page: Page, terminal: Terminal, text: string): Promise<string> {
	await createExternalKey(page, 'carried away');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	terminal.write('key.pem', await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	await sendToWorkbench(page);
	terminal.openssl('rand', '-out', 'material.bin', '32');
	terminal.openssl(
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', 'key.pem', '-in', 'material.bin'],
		...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256', '-out', 'wrapped']
	);
	await openKeyList(page);
	await page
		.getByRole('row', { name: /carried away/ })
		.getByRole('link')
		.click();
	await uploadKeyFiles(
		page,
		{ name: 'wrapped', content: terminal.read('wrapped') },
		{ name: 'token', content: token }
	);
	await expectStatus(page, 'ENABLED');
	const form = page.getByRole('form', { name: 'Encrypt', exact: true });
	await form.getByRole('textbox', { name: 'Plaintext' }).fill(text);
	await form.getByRole('button', { name: 'Encrypt', exact: true }).click();
	await form.getByRole('button', { name: 'Put into Decrypt' }).click();
	return page
		.getByRole('form', { name: 'Decrypt', exact: true })
		.getByRole('textbox', { name: 'Ciphertext blob' })
		.inputValue();
}

/** Nothing of the first browser is in it. */
async function inAnotherBrowser(
	browser: Browser,
	baseURL: string | undefined,
	use: (page: Page) => Promise<void>
): Promise<void> {
	const context = await browser.newContext({
		...(baseURL !== undefined && { baseURL }),
		locale: 'en-US'
	});
	const problems = collectProblems(context);
	await use(await context.newPage());
	expect(problems).toEqual([]);
	await context.close();
}

test('a workspace is carried to another browser, and its keys decrypt there @all', async ({
	page,
	terminal,
	browser,
	baseURL
}) => {
	const cipherText = await useImportedKey(page, terminal, 'kept through the journey');
	await openSandbox(page);
	const { name, content } = await exported(page);
	expect(name).toBe('Main.kms-workspace');

	await inAnotherBrowser(browser, baseURL, async (other) => {
		await other.goto('/sandbox');
		await chooseFile(other, 'Main (1).kms-workspace', content);
		// the name of the file is taken there
		const field = other.getByRole('textbox', { name: 'Name of the new workspace' });
		await expect(field).toHaveValue('Main 2');
		await field.fill('Carried');
		await other.getByRole('button', { name: 'Import workspace' }).click();
		await row(other, 'Carried').getByRole('button', { name: 'Open Carried' }).click();

		await expect(
			other.getByRole('heading', { level: 1, name: 'Customer management key' })
		).toBeVisible();
		await other
			.getByRole('row', { name: /carried away/ })
			.getByRole('link')
			.click();
		await expectStatus(other, 'ENABLED');
		const form = other.getByRole('form', { name: 'Decrypt', exact: true });
		await form.getByRole('textbox', { name: 'Ciphertext blob' }).fill(cipherText);
		await form.getByRole('button', { name: 'Decrypt', exact: true }).click();
		await expect(form.getByRole('status').last()).toContainText('kept through the journey');
		await expect(other.getByRole('group', { name: /^ImportToken_/ })).toBeVisible();
	});
});

// Firefox's driver reports only the first file dialog of a field
test('damaged, unrelated and oversized files are refused, each with its reason @all @chromium', async ({
	page
}) => {
	await page.goto('/');
	await openSandbox(page);
	const { content } = await exported(page);
	const damaged = Buffer.from(content);
	damaged.writeUInt8(damaged.readUInt8(200) ^ 1, 200);
	for (const [buffer, reason] of [
		[damaged, /damaged: its checksum/],
		[Buffer.from('-----BEGIN PUBLIC KEY-----\n'), /not an exported workspace/],
		[Buffer.alloc(16 * 1024 * 1024 + 1), /larger than 16\.8 MB/]
	] as const) {
		await chooseFile(page, 'Other.kms-workspace', buffer);
		await page.getByRole('button', { name: 'Import workspace' }).click();
		await expect(page.getByText(reason)).toBeVisible();
		await expect(page.getByRole('button', { name: 'Choose file' })).toBeFocused();
	}
	await expect(rows(page)).toHaveCount(1);
});

test('workspaces are made, named, copied, changed between and removed, and share nothing @all', async ({
	page
}) => {
	await createExternalKey(page, 'in the first');
	await openSandbox(page);

	await createWorkspace(page, 'main');
	await expect(page.getByText('Another workspace has this name')).toBeVisible();
	await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
	await createWorkspace(page, 'Second');
	await row(page, 'Second').getByRole('button', { name: 'Rename Second' }).click();
	const rename = page.getByRole('dialog', { name: 'Rename Second' });
	await rename.getByRole('textbox', { name: 'Name' }).fill('Other');
	await rename.getByRole('button', { name: 'Rename' }).click();
	await row(page, 'Main').getByRole('button', { name: 'Duplicate Main' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Duplicate' }).click();
	await expect(rows(page)).toHaveCount(3);

	await row(page, 'Other').getByRole('button', { name: 'Open Other' }).click();
	await expect(page.getByRole('link', { name: 'Create key' }).first()).toBeVisible();
	await expect(page.getByText('in the first')).toHaveCount(0);
	await openSandbox(page);
	await expect(row(page, 'Other')).toContainText('in use');
	await expect(row(page, 'Other').getByRole('button', { name: 'Remove' })).toHaveCount(0);
	await row(page, 'Copy of Main').getByRole('button', { name: 'Open Copy of Main' }).click();
	await expect(page.getByText('in the first')).toBeVisible();

	await openSandbox(page);
	await row(page, 'Other').getByRole('button', { name: 'Remove Other' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove workspace' }).click();
	await expect(rows(page)).toHaveCount(2);
	await page.reload();
	await expect(row(page, 'Copy of Main')).toContainText('in use');
	await expect(rows(page)).toHaveCount(2);
});

test('a workspace that another tab works in is not removed @all', async ({ page, context }) => {
	await page.goto('/');
	await openSandbox(page);
	await createWorkspace(page, 'Busy');
	const other = await context.newPage();
	await other.goto('/sandbox');
	await row(other, 'Busy').getByRole('button', { name: 'Open Busy' }).click();
	await expect(other.getByRole('link', { name: 'Create key' }).first()).toBeVisible();

	await row(page, 'Busy').getByRole('button', { name: 'Remove Busy' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Remove workspace' }).click();
	await expect(dialog.getByText('in use, here or in another tab')).toBeVisible();
	await other.close();
	await dialog.getByRole('button', { name: 'Remove workspace' }).click();
	await expect(rows(page)).toHaveCount(1);
});

test('a reset says what is lost, empties the workspace in every tab, and keeps the settings @all', async ({
	page,
	context
}) => {
	await createExternalKey(page, 'to be lost');
	const other = await context.newPage();
	await openKeyList(other);
	await expect(other.getByText('to be lost')).toBeVisible();
	await openSandbox(page);
	await page.getByRole('radio', { name: /strict guide/ }).check();
	await page.getByRole('button', { name: 'Reset workspace' }).click();
	const dialog = page.getByRole('dialog', { name: 'Reset Main' });
	await expect(dialog.getByText('every ciphertext made with them: 1')).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Export this workspace' })).toBeVisible();
	await dialog.getByRole('button', { name: 'Delete and begin again' }).click();
	await expect(other.getByText('to be lost')).toHaveCount(0);
	await page.reload();
	await expect(page.getByRole('radio', { name: /strict guide/ })).toBeChecked();
});

test('a setting names its default and its source, and other tabs follow @all', async ({
	page,
	context
}) => {
	await page.goto('/sandbox');
	const other = await context.newPage();
	await other.goto('/sandbox');
	for (const [group, first, second] of [
		['Importing again', 'At any time (default)', /strict guide/],
		['Removal of expired', 'At once (default)', /^Within 24 hours/],
		['Diagnosis', 'Shown (default)', /^Hidden/]
	] as const) {
		const setting = page.getByRole('group', { name: group });
		await expect(setting.getByRole('radio', { name: first })).toBeChecked();
		await setting.getByRole('radio', { name: second }).check();
		await expect(
			other.getByRole('group', { name: group }).getByRole('radio', { name: second })
		).toBeChecked();
	}
	await expect(page.getByText(/Contradiction C1/)).toBeVisible();
	await expect(page.getByText(/Gap C11/)).toBeVisible();
});

// Firefox asks for permission, and its driver can't answer the prompt
test('the page says what is stored, how much, and whether the browser keeps it @all @chromium', async ({
	page
}) => {
	await page.goto('/sandbox');
	const storage = page.getByRole('region', { name: 'Storage' });
	await expect(storage.getByText(/for http:\/\/localhost/)).toBeVisible();
	await expect(storage.getByText(/by the browser’s estimate/)).toBeVisible();
	await expect(storage.getByText('Best effort')).toBeVisible();
	await expect(storage.getByText(/In Safari, after seven days/)).toBeVisible();
	await storage.getByRole('button', { name: 'Ask the browser to keep the data' }).click();
	await expect(storage.getByText(/The browser (will keep the data|did not agree)/)).toBeVisible();
});

test('a browser that says nothing about storage is not guessed at @all', async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(Navigator.prototype, 'storage', { value: undefined });
	});
	await page.goto('/sandbox');
	const storage = page.getByRole('region', { name: 'Storage' });
	await expect(storage.getByText('This browser does not say')).toHaveCount(3);
});

for (const locale of ['en', 'zh-CN'] as const)
	test(`axe finds nothing on the page in either theme, and it fits 320 pixels: ${locale} @all`, async ({
		page
	}) => {
		await page.goto('/sandbox');
		await createWorkspace(page, 'A rather long name for so narrow a window');
		await expect(rows(page)).toHaveCount(2);
		await page.evaluate((wanted) => {
			localStorage.setItem('PARAGLIDE_LOCALE', wanted);
		}, locale);
		await page.setViewportSize({ width: 320, height: 640 });
		await page.reload();
		await expect(page.getByRole('table').getByRole('row')).toHaveCount(3);
		await expect(page.getByRole('radio')).toHaveCount(6);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
			expect(
				violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0]?.html ?? ''}`)
			).toEqual([]);
		}
		const overflow = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(Math.max(overflow, 0)).toBe(0);
	});

test('a workspace of a newer version stays unchanged: it can be exported, or another one used @all', async ({
	page
}) => {
	await createExternalKey(page, 'from the future');
	// a document of this origin that opens no database
	await page.goto('/icon.svg');
	await page.evaluate(
		() =>
			new Promise((done, fail) => {
				const request = indexedDB.open('kms/main', 990);
				request.onsuccess = () => {
					request.result.close();
					done(undefined);
				};
				request.onerror = () => {
					fail(new Error('not opened'));
				};
			})
	);
	await page.goto('/keys');
	await expect(
		page.getByRole('heading', { level: 1, name: 'This workspace belongs to a newer version' })
	).toBeVisible();
	const { content } = await savedBy(page, () =>
		page.getByRole('button', { name: 'Export this workspace' }).click()
	);
	expect(content.toString()).toContain('from the future');
	await createWorkspace(page, 'Meanwhile');
	await expect(page.getByRole('link', { name: 'Create key' }).first()).toBeVisible();
	await expect(page.getByText('from the future')).toHaveCount(0);
});
