/** The steps of the documented procedure, by the labels that the provider's page prints. */
import { expect, type Locator, type Page } from '@playwright/test';
import { savedBy } from './saved-files';

export type Algorithm = 'RSAES_OAEP_SHA_256' | 'RSAES_OAEP_SHA_1' | 'RSAES_PKCS1_V1_5';

export async function openKeyList(page: Page): Promise<void> {
	await page.goto('/');
	await page
		.getByRole('navigation', { name: 'Navigation' })
		.getByRole('link', { name: 'Customer managed keys' })
		.click();
	await expect(
		page.getByRole('heading', { level: 1, name: 'Customer management key' })
	).toBeVisible();
}

/** Straight to the form. @returns the CMK ID */
export async function createExternalKey(page: Page, alias: string): Promise<string> {
	await page.goto('/keys/create');
	return submitExternalKey(page, alias);
}

/** By the links that lead there. @returns the CMK ID */
export async function createExternalKeyFromList(page: Page, alias: string): Promise<string> {
	await openKeyList(page);
	await page.getByRole('link', { name: 'Create key' }).first().click();
	return submitExternalKey(page, alias);
}

async function submitExternalKey(page: Page, alias: string): Promise<string> {
	await page.getByRole('textbox', { name: 'Alias' }).fill(alias);
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
	return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

export async function expectStatus(page: Page, status: string): Promise<void> {
	await expect(page.getByRole('heading', { level: 1, name: 'Key Detail' })).toBeVisible();
	await expect(
		page.getByRole('region', { name: 'Facts' }).getByText(status, { exact: true })
	).toBeVisible();
}

/** From Key Detail: asks for parameters and stays on their page. */
export async function getParameters(page: Page, algorithm: Algorithm): Promise<void> {
	await page.getByRole('link', { name: 'Get Parameters for Import' }).first().click();
	await page.getByRole('radio', { name: algorithm }).check();
	await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
	// an earlier call collapses when the new one appears, even while something in it is being clicked
	// the Inspector beside it shows tokens by the same name
	const calls = page.getByRole('main').getByRole('heading', { level: 3, name: /^Call \d+$/ });
	const earlier = await calls.count();
	await page.getByRole('button', { name: 'Get parameters' }).click();
	await expect(calls).toHaveCount(earlier + 1);
	await expect(page.getByRole('group', { name: 'Import Token' }).first()).toBeVisible();
}

/** Sends the files of the newest call to the workbench and waits until they are recognised. */
export async function sendToWorkbench(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Send to workbench' }).click();
	// the files push down what stands below them
	const workbench = page.getByRole('complementary', { name: 'Workbench' });
	await expect(workbench.getByText(/^public key, PEM, /)).toBeVisible();
	await expect(workbench.getByText(/^import token, hex, /)).toBeVisible();
}

export async function save(
	page: Page,
	group: 'Public Key' | 'Import Token',
	button: string
): Promise<Buffer> {
	const artefact = page.getByRole('group', { name: group }).first();
	const { content } = await savedBy(page, () =>
		artefact.getByRole('button', { name: button }).click()
	);
	return content;
}

export interface Upload {
	readonly name: string;
	readonly content: Buffer;
}

/** On the page "Import key files". */
export async function selectFile(
	page: Page,
	field: 'Encrypt key files' | 'Import Token',
	{ name, content: buffer }: Upload
): Promise<void> {
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		page.getByRole('group', { name: field }).getByRole('button', { name: 'Select files' }).click()
	]);
	await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

/** The documented last page, from Key Detail to Confirm. */
export async function uploadKeyFiles(
	page: Page,
	material: Upload,
	token: Upload,
	expiry: 'Never Expire' | 'Expiry Date' = 'Never Expire'
): Promise<void> {
	// the page before may have a link of the same name
	await expect(page.getByRole('region', { name: 'Facts' })).toBeVisible();
	await page.getByRole('link', { name: "Import Key's Data" }).first().click();
	await expect(page.getByRole('heading', { level: 1, name: 'Import key files' })).toBeVisible();
	await selectFile(page, 'Encrypt key files', material);
	await selectFile(page, 'Import Token', token);
	await page.getByRole('radio', { name: expiry }).check();
	await page.getByRole('button', { name: 'Confirm' }).click();
}

/**
 * Presses Tab until the element has the focus, or Shift+Tab where the element stands before what has it: past the last
 * element of a page the keys go to the browser's own controls.
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
	for (let presses = 0; presses < 120; presses++) {
		const way = await target.evaluate((element) => {
			const focused = document.activeElement ?? document.body;
			if (element === focused) return 'there';
			const isBefore = focused.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
			return isBefore ? 'Shift+Tab' : 'Tab';
		});
		if (way === 'there') return;
		await page.keyboard.press(way);
	}
	throw new Error('Tab did not reach the element');
}

/** Emptied first: Firefox's driver types into a number behind what is there. */
export async function fillNumber(field: Locator, value: string): Promise<void> {
	await field.clear();
	await field.fill(value);
}

/** The clock's panel, opened by its button in the bar; open already, it stays open. */
export async function openClock(page: Page): Promise<Locator> {
	const panel = page.getByRole('dialog', { name: 'Sandbox clock' });
	if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Sandbox clock' }).click();
	await expect(panel.getByRole('heading', { name: 'Next events' })).toBeVisible();
	return panel;
}

/** Presses one of the clock's buttons, and waits until the clock says what time it is then. */
export async function moveClock(
	page: Page,
	button: 'Freeze' | 'Run' | '+1 h' | '+24 h' | '+7 d' | 'Back to real time'
): Promise<void> {
	const panel = await openClock(page);
	await panel.getByRole('button', { name: button, exact: true }).click();
	await expect(panel.getByRole('status')).toContainText('It is now');
	await page.keyboard.press('Escape');
	await expect(panel).toBeHidden();
}

/** To one of the next events, or to one second before it, where the clock then stands still. */
export async function moveClockTo(
	page: Page,
	event: RegExp | string,
	button: 'To one second before, and freeze' | 'To the event'
): Promise<void> {
	const panel = await openClock(page);
	await panel
		.getByRole('group', { name: event })
		.first()
		.getByRole('button', { name: button })
		.click();
	await expect(panel.getByRole('status')).toContainText('It is now');
	await page.keyboard.press('Escape');
	await expect(panel).toBeHidden();
}
