/** What the console does with a CMK besides importing: its state, its names, its data keys, and the list that finds it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { createExternalKey, expectStatus, fillNumber, openKeyList } from './console';
import { expect, test } from './support';

const press = (page: Page, name: string) =>
	page.getByRole('main').getByRole('button', { name, exact: true }).click();

async function createKey(page: Page, alias: string): Promise<void> {
	await openKeyList(page);
	await page.getByRole('link', { name: 'Create key' }).first().click();
	await page.getByRole('textbox', { name: 'Alias' }).fill(alias);
	await page.getByRole('radio', { name: 'KMS' }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expectStatus(page, 'ENABLED');
}

async function scheduleDeletion(page: Page, days?: string): Promise<Locator> {
	await press(page, 'Schedule key deletion');
	const dialog = page.getByRole('dialog', { name: 'Schedule key deletion' });
	if (days !== undefined) await fillNumber(dialog.getByLabel('Waiting period in days'), days);
	await dialog.getByRole('button', { name: 'Schedule key deletion' }).click();
	return dialog;
}

const button = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name });
const facts = (page: Page) => page.getByRole('region', { name: 'Facts' });
const nextStep = (page: Page) => page.getByRole('region', { name: 'Next step' });

test('a CMK is disabled, enabled, scheduled for deletion and restored, and each step is undone once @all', async ({
	page
}) => {
	await createKey(page, 'steps');
	await expect(button(page, 'Cancel key deletion')).toBeDisabled();
	await expect(button(page, 'Cancel key deletion')).toHaveAccessibleDescription(
		/while the CMK is ENABLED/
	);

	await press(page, 'Disable key');
	await expectStatus(page, 'DISABLED');
	await page.getByRole('button', { name: /^Undo/ }).first().click();
	await expectStatus(page, 'ENABLED');

	await press(page, 'Disable key');
	await nextStep(page).getByRole('button', { name: 'Enable the CMK' }).click();
	await expectStatus(page, 'ENABLED');
	await expect(nextStep(page)).toBeHidden();

	const dialog = await scheduleDeletion(page, '6');
	await expect(dialog.getByRole('alert')).toContainText('PendingWindowInvalid');
	await fillNumber(dialog.getByLabel('Waiting period in days'), '7');
	await expect(dialog).toContainText('UTC');
	await dialog.getByRole('button', { name: 'Schedule key deletion' }).click();
	await expectStatus(page, 'PENDING_DELETE');
	await expect(nextStep(page)).toContainText('in 6 d 23 h');
	for (const name of ['Enable key', 'Disable key', 'Schedule key deletion', 'Change alias'])
		await expect(button(page, name)).toBeDisabled();

	await nextStep(page).getByRole('button', { name: 'Cancel the deletion' }).click();
	await expectStatus(page, 'ENABLED');
});

test('a CMK without key material comes back from a scheduled deletion to wait for it @all', async ({
	page
}) => {
	await createExternalKey(page, 'empty');
	await scheduleDeletion(page);
	await expectStatus(page, 'PENDING_DELETE');
	await expect(nextStep(page)).toContainText('brings it back as PENDING_IMPORT');
	await press(page, 'Cancel key deletion');
	await expectStatus(page, 'PENDING_IMPORT');
});

test('an alias is created and changed, a taken one is refused, and a description is kept @all', async ({
	page
}) => {
	await createKey(page, 'taken');
	await createKey(page, '');
	await press(page, 'Create alias');
	const creating = page.getByRole('dialog', { name: 'Create alias' });
	await creating.getByLabel('Alias').fill('taken');
	await creating.getByRole('button', { name: 'Save' }).click();
	await expect(creating.getByRole('alert')).toContainText('AliasExists');
	await creating.getByLabel('Alias').fill('free');
	await creating.getByRole('button', { name: 'Save' }).click();
	await expect(creating).toBeHidden();
	await expect(facts(page)).toContainText('free');

	await press(page, 'Change alias');
	const changing = page.getByRole('dialog', { name: 'Change alias' });
	await expect(changing.getByRole('alert')).toBeHidden();
	await expect(changing.getByLabel('Alias')).toHaveValue('free');
	await changing.getByLabel('Alias').fill('freed');
	await page.keyboard.press('Enter');
	await expect(changing).toBeHidden();
	await expect(page.getByRole('button', { name: 'Change alias' })).toBeFocused();
	await expect(facts(page)).toContainText('freed');

	await press(page, 'Change description');
	const describing = page.getByRole('dialog', { name: 'Change description' });
	await describing.getByLabel('Description').fill('Two lines,\nkept as written');
	await describing.getByRole('button', { name: 'Save' }).click();
	await expect(facts(page)).toContainText('kept as written');
	await page.reload();
	await expect(facts(page)).toContainText('kept as written');
});

test('a data key is opened by Decrypt again, with its context only, and only while the CMK is enabled @all', async ({
	page
}) => {
	await createKey(page, 'envelopes');
	const generate = page.getByRole('form', { name: 'Generate data key' });
	const decrypt = page.getByRole('form', { name: 'Decrypt' });
	await generate.getByLabel('Data key').selectOption('Number of bytes');
	await fillNumber(generate.getByLabel('Number of bytes', { exact: true }), '1025');
	await generate.getByRole('button', { name: 'Generate' }).click();
	await expect(generate.getByRole('alert')).toContainText('InvalidParameter');

	await generate.getByLabel('Data key').selectOption('AES_128');
	await generate.getByLabel('Encryption context').fill('tenant=7');
	await generate.getByRole('button', { name: 'Generate' }).click();
	const made = (name: string) => generate.getByRole('status', { name, exact: true }).innerText();
	const plain = await made('Plaintext data key');
	expect(Buffer.from(plain, 'base64')).toHaveLength(16);
	expect(await made('Encrypted data key')).not.toContain(plain);

	await generate.getByRole('button', { name: 'Put into Decrypt' }).click();
	await decrypt.getByRole('button', { name: 'Decrypt' }).click();
	await expect(decrypt.getByRole('alert')).toContainText('InvalidParameter');
	await decrypt.getByLabel('Encryption context').fill('tenant=7');
	await decrypt.getByRole('button', { name: 'Decrypt' }).click();
	await expect(decrypt.getByText(plain, { exact: true })).toBeVisible();

	await press(page, 'Disable key');
	await expectStatus(page, 'DISABLED');
	await generate.getByRole('button', { name: 'Generate' }).click();
	await expect(generate.getByRole('alert')).toContainText('KeyDisabled');
});

test('the list is searched, filtered and sorted, and its address brings it back @all', async ({
	page
}) => {
	await createExternalKey(page, 'Billing');
	await createKey(page, 'archive');
	await createKey(page, 'billing old');
	await press(page, 'Disable key');
	await expectStatus(page, 'DISABLED');
	await openKeyList(page);

	const table = page.getByRole('table', { name: 'Customer managed keys' });
	const expectAliases = async (...aliases: string[]) => {
		await expect(table.getByRole('row')).toHaveCount(aliases.length + 1);
		for (const [index, alias] of aliases.entries())
			await expect(
				table
					.getByRole('row')
					.nth(index + 1)
					.getByRole('cell', { name: alias, exact: true })
			).toBeVisible();
	};
	const search = page.getByRole('searchbox', { name: 'Search' });
	const status = page.getByRole('combobox', { name: 'Status' });
	const head = (name: string) => table.getByRole('columnheader', { name });

	await expectAliases('billing old', 'archive', 'Billing');
	await expect(head('Creation date')).toHaveAttribute('aria-sort', 'descending');
	await head('Alias').getByRole('button').click();
	await expectAliases('archive', 'Billing', 'billing old');
	await head('Alias').getByRole('button').click();
	await expectAliases('billing old', 'Billing', 'archive');
	await expect(head('Alias')).toHaveAttribute('aria-sort', 'descending');
	await page.reload();
	await expectAliases('billing old', 'Billing', 'archive');
	await page.goBack();
	await expectAliases('archive', 'Billing', 'billing old');

	await expect(status.getByRole('option')).toHaveText([
		'All (3)',
		'ENABLED (1)',
		'DISABLED (1)',
		'PENDING_IMPORT (1)',
		'PENDING_DELETE (0)'
	]);
	await status.selectOption('DISABLED');
	await expectAliases('billing old');
	await status.selectOption('PENDING_DELETE');
	await expect(page.getByText('No CMK matches')).toBeVisible();
	await page.getByRole('link', { name: 'Show all CMKs' }).click();
	await expectAliases('billing old', 'archive', 'Billing');

	await search.fill('chiv');
	await expectAliases('archive');
	await search.clear();
	await expectAliases('billing old', 'archive', 'Billing');
	await search.pressSequentially('bill');
	await expectAliases('Billing', 'billing old');
	await expect(search).toHaveValue('bill');
	await expect(page).toHaveURL(/q=bill$/);
	await search.pressSequentially('ion');
	await expect(page.getByText('No CMK matches')).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations).toEqual([]);
	await page.getByRole('link', { name: 'Show all CMKs' }).click();
	await expect(search).toHaveValue('');
	await expectAliases('billing old', 'archive', 'Billing');
});
