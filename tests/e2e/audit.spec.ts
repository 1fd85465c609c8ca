/** The audit log: found again by its filter, read as calls, checked, carried away. */
import { createHash } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { createExternalKey, getParameters, save, selectFile } from './console';
import { savedBy } from './saved-files';
import { expect, test } from './support';

const WRAPPED = Buffer.alloc(256, 0x90);

/** CreateCmk, GetParametersForImport, and an ImportKeyMaterial that is refused. @returns the CMK ID */
async function makeHistory(page: Page): Promise<string> {
	const keyId = await createExternalKey(page, 'audited');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	const token = await save(page, 'Import Token', 'Download hex');
	await page.getByRole('link', { name: "Next: Import Key's Data" }).click();
	await selectFile(page, 'Encrypt key files', { name: 'wrong.bin', content: WRAPPED });
	await selectFile(page, 'Import Token', { name: 'ImportToken.hex', content: token });
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(page.getByRole('alert')).toContainText('MaterialDecryptFailed');
	return keyId;
}

async function openLog(page: Page): Promise<void> {
	await page
		.getByRole('navigation', { name: 'Navigation' })
		.getByRole('link', { name: 'Audit log' })
		.click();
	await expect(page.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
}

const calls = (within: Page | Locator, operation: string) =>
	within.getByRole('button', { name: new RegExp(`^Call of event \\d+, ${operation}$`) });

const ofAnyOperation = '\\w+';

test('the filter is in the address, so that reload, back and a link show the same @all', async ({
	page
}) => {
	const keyId = await makeHistory(page);
	await openLog(page);
	const events = page.getByRole('region', { name: 'Events' });
	await expect(calls(events, 'CreateCmk')).toBeVisible();

	await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Refused');
	await expect(calls(events, 'CreateCmk')).toHaveCount(0);
	await expect(calls(events, ofAnyOperation)).toHaveCount(1);
	await page.reload();
	await expect(page.getByRole('combobox', { name: 'Outcome' })).toHaveValue('refused');
	await expect(calls(events, 'ImportKeyMaterial')).toBeVisible();

	await page.getByRole('combobox', { name: 'Operation' }).selectOption('CreateCmk');
	await expect(page.getByRole('heading', { name: 'No event matches' })).toBeVisible();
	await page.goBack();
	await expect(page.getByRole('combobox', { name: 'Operation' })).toHaveValue('');
	await expect(calls(events, 'ImportKeyMaterial')).toBeVisible();

	await page.getByRole('link', { name: 'Clear the filter' }).click();
	await expect(calls(events, 'CreateCmk')).toBeVisible();
	await page.getByRole('textbox', { name: 'CMK ID' }).fill(` ${keyId} `);
	await page.getByRole('textbox', { name: 'CMK ID' }).press('Enter');
	await expect(page).toHaveURL(`/audit?keyId=${keyId}`);
	await expect(calls(events, 'CreateCmk')).toBeVisible();
	await page.goto('/audit?keyId=another');
	await expect(page.getByRole('heading', { name: 'No event matches' })).toBeVisible();
});

test('an event opens as the call it was, here and on Key Detail @all', async ({ page }) => {
	const keyId = await makeHistory(page);
	await openLog(page);
	await calls(page, 'ImportKeyMaterial').click();
	const digest = createHash('sha256').update(WRAPPED).digest('hex').slice(0, 16);
	const sent = `<256 bytes, SHA-256 begins ${digest}…>`;
	await expect(page.getByRole('figure', { name: 'Request as a command' })).toContainText(
		`--encryptedKeyMaterial ${sent}`
	);
	const address = page.getByRole('figure', { name: 'Request as an address' });
	await expect(address).toContainText('?action=ImportKeyMaterial');
	await expect(address).toContainText(`&keyId=${keyId}`);
	const response = page.getByRole('figure', { name: 'Response' });
	const answer = JSON.parse(await response.getByRole('code').innerText()) as object;
	expect(Object.keys(answer)).toEqual(['code', 'message', 'requestId']);
	expect(answer).toMatchObject({ code: 'MaterialDecryptFailed' });
	await calls(page, 'ImportKeyMaterial').click();
	await expect(response).toHaveCount(0);

	await page
		.getByRole('row')
		.filter({ has: calls(page, 'CreateCmk') })
		.getByRole('link', { name: keyId })
		.click();
	const recent = page.getByRole('region', { name: 'Recent audit events' });
	await calls(recent, 'GetParametersForImport').click();
	await expect(recent.getByRole('figure', { name: 'Response' })).toContainText('"publicKey"');
	await recent.getByRole('link', { name: 'All events of this CMK' }).click();
	await expect(page).toHaveURL(`/audit?keyId=${keyId}`);
	await expect(calls(page, 'CreateCmk')).toBeVisible();
});

test('the export is the whole log, and the check names the event that was changed @all', async ({
	page
}) => {
	await makeHistory(page);
	await openLog(page);
	const { name, content } = await savedBy(page, () =>
		page.getByRole('button', { name: 'Export as JSON Lines' }).click()
	);
	expect(name).toMatch(/^kms-audit-log_\d{4}-\d\d-\d\d_\d{6}Z\.jsonl$/);
	const lines = content.toString().trimEnd().split('\n');
	const events = lines.map((line) => JSON.parse(line) as { sequence: number; operation: string });
	expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
	expect(events.map(({ operation }) => operation)).toEqual([
		'CreateCmk',
		'GetParametersForImport',
		'ImportKeyMaterial'
	]);

	const chain = page.getByRole('region', { name: 'Hash chain' });
	await chain.getByRole('button', { name: 'Check the chain' }).click();
	await expect(chain.getByRole('status')).toContainText('The chain is whole');
	await expect(chain.getByRole('status')).toContainText('Events read: 3.');

	await falsify(page, 2);
	await chain.getByRole('button', { name: 'Check the chain' }).click();
	await expect(chain.getByRole('status')).toContainText('The chain breaks at event 2');
});

test('the log is read page by page, from the newest to the oldest event @all', async ({ page }) => {
	await makeHistory(page);
	await openLog(page);
	await expect(calls(page, 'CreateCmk')).toBeVisible();
	await lengthen(page, 60);
	await page.reload();
	const events = page.getByRole('region', { name: 'Events' });
	await expect(calls(events, ofAnyOperation)).toHaveCount(50);
	await page.getByRole('link', { name: 'Older events' }).click();
	await expect(page).toHaveURL('/audit?before=14');
	await expect(calls(events, ofAnyOperation)).toHaveCount(13);
	await expect(calls(events, 'CreateCmk')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Older events' })).toHaveCount(0);
	await page.getByRole('link', { name: 'Newest events' }).click();
	await expect(page).toHaveURL('/audit');
	await expect(calls(events, ofAnyOperation)).toHaveCount(50);
});

/** Does what no part of the sandbox does: writes another answer into an event. */
async function falsify(page: Page, sequence: number): Promise<void> {
	await writeEvents(page, sequence, 1, { code: 'KeyDisabled' });
}

/** Copies of the last event after it. */
async function lengthen(page: Page, count: number): Promise<void> {
	await writeEvents(page, 3, count + 1, {});
}

/** Writes the event `from` with `change` there and at the numbers after it. */
async function writeEvents(
	page: Page,
	from: number,
	count: number,
	change: Readonly<Record<string, string>>
): Promise<void> {
	await page.evaluate(
		(wanted) =>
			new Promise<void>((resolve, reject) => {
				const request = indexedDB.open('kms/main');
				request.onerror = () => {
					reject(new Error('no database'));
				};
				request.onsuccess = () => {
					const db = request.result;
					const transaction = db.transaction('events', 'readwrite');
					const store = transaction.objectStore('events');
					const read = store.get(wanted.from);
					read.onsuccess = () => {
						for (let i = 0; i < wanted.count; i++)
							store.put({
								...(read.result as object),
								...wanted.change,
								sequence: wanted.from + i
							});
					};
					transaction.oncomplete = () => {
						db.close();
						resolve();
					};
				};
			}),
		{ from, count, change }
	);
}
