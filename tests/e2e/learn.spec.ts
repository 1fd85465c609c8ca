/** Lessons and drills as a learner does them: in the console, with the keyboard alone, and in the terminal. */
import type { Locator, Page } from '@playwright/test';
import {
	createExternalKey,
	expectStatus,
	fillNumber,
	getParameters,
	sendToWorkbench,
	tabTo
} from './console';
import { expect, test } from './support';

const panelOf = (page: Page, kind: 'Lesson' | 'Drill'): Locator =>
	page.getByRole('region', { name: new RegExp(`^${kind}: `) });

async function start(page: Page, scenario: string, kind: 'Lesson' | 'Drill'): Promise<Locator> {
	await page.goto(`/learn/${scenario}`);
	await page.getByRole('button', { name: 'Start', exact: true }).click();
	const panel = panelOf(page, kind);
	await expect(panel.getByText(/^0 of \d+ reached$/)).toBeVisible();
	return panel;
}

async function answer(panel: Locator, choice: string | RegExp): Promise<void> {
	await panel.getByRole('radio', { name: choice }).check();
	await panel.getByRole('button', { name: 'Answer', exact: true }).click();
	await expect(panel.getByText('Right.')).toBeVisible();
}

const finished = (panel: Locator, title: 'Lesson finished' | 'Found and mended'): Locator =>
	panel.getByRole('heading', { name: title });

test('the first lesson, by the keyboard alone', async ({ page }) => {
	const panel = await start(page, 'external-key', 'Lesson');
	const press = async (target: Locator, key = 'Enter') => {
		await tabTo(page, target);
		await page.keyboard.press(key);
	};
	await expect(panel.getByText('Not yet, because there is no such CMK')).toBeVisible();
	await press(page.getByRole('link', { name: 'Create key' }).first());
	await press(page.getByRole('radio', { name: 'External' }), 'Space');
	await press(page.getByRole('checkbox', { name: /I understand/ }), 'Space');
	await press(page.getByRole('button', { name: 'Create key' }));
	await expectStatus(page, 'PENDING_IMPORT');
	await expect(panel.getByText('1 of 3 reached')).toBeVisible();
	await press(panel.getByRole('button', { name: 'Next step' }));
	await tabTo(page, panel.getByRole('radio', { name: /^SUCCESS/ }));
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await expect(panel.getByRole('radio', { name: /^KeyPendingImport/ })).toBeChecked();
	await press(panel.getByRole('button', { name: 'Answer', exact: true }));
	await expect(panel.getByText('2 of 3 reached')).toBeVisible();
	await tabTo(page, page.getByRole('textbox', { name: 'Plaintext' }));
	await page.keyboard.type('hello');
	await press(page.getByRole('button', { name: 'Encrypt', exact: true }).first());
	await expect(finished(panel, 'Lesson finished')).toBeVisible();
	await page.goto('/learn');
	await expect(page.getByText('1 of 11 done')).toBeVisible();
});

test('the second lesson, from nothing to ENABLED with the tools of the page', async ({ page }) => {
	const panel = await start(page, 'first-import', 'Lesson');
	// begun on the page of its first step
	await page.getByRole('radio', { name: 'External' }).check();
	await page.getByRole('checkbox', { name: /I understand/ }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await page.getByRole('link', { name: 'Get the parameters' }).click();
	await page.getByRole('button', { name: 'Get parameters' }).click();
	await sendToWorkbench(page);
	await expect(panel.getByText('2 of 6 reached')).toBeVisible();
	const workbench = page.getByRole('complementary');
	await workbench.getByRole('button', { name: 'Make key material' }).click();
	await expect(panel.getByText('3 of 6 reached')).toBeVisible();
	await workbench.getByRole('button', { name: 'Encrypt', exact: true }).click();
	await expect(panel.getByText('4 of 6 reached')).toBeVisible();
	await page
		.getByRole('link', { name: /Import Key/ })
		.first()
		.click();
	for (const [field, file] of [
		['Encrypt key files', /^EncryptedKeyMaterial/],
		['Import Token', /^ImportToken/]
	] as const)
		await chooseFromWorkbench(page, field, file);
	await panel.getByRole('button', { name: 'Next step' }).click();
	await answer(panel, /^PENDING_IMPORT/);
	await panel.getByRole('button', { name: 'Go on' }).click();
	await expect(panel.getByText('Step 7 of 7')).toBeVisible();
	await page.getByRole('radio', { name: 'Never Expire' }).check();
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(finished(panel, 'Lesson finished')).toBeVisible();
	await expect(panel.getByText('6 of 6 reached')).toBeVisible();
});

test('the third lesson: the same bytes in two forms, and three predictions', async ({ page }) => {
	const panel = await start(page, 'file-forms', 'Lesson');
	const goOn = panel.getByRole('button', { name: 'Next step' });
	const workbench = page.getByRole('complementary');
	await goOn.click();
	await answer(panel, /^294 bytes and 588 characters/);
	await goOn.click();
	for (const [form, reached] of [
		['Hexadecimal text', '2 of 6 reached'],
		['Raw bytes', '3 of 6 reached']
	] as const) {
		await workbench.getByRole('combobox', { name: 'Write the result as' }).selectOption(form);
		await workbench.getByRole('button', { name: 'Encrypt', exact: true }).click();
		await expect(panel.getByText(reached)).toBeVisible();
	}
	await answer(panel, /^344/);
	await goOn.click();
	await answer(panel, /^MaterialLengthInvalid/);
	await goOn.click();
	await panel.getByRole('link', { name: 'Go to “Import key files”' }).click();
	await chooseFromWorkbench(page, 'Encrypt key files', /^EncryptedKeyMaterial.*\.bin/);
	await chooseFromWorkbench(page, 'Import Token', /^ImportToken/);
	await page.getByRole('radio', { name: 'Never Expire' }).check();
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(finished(panel, 'Lesson finished')).toBeVisible();
});

async function chooseFromWorkbench(page: Page, field: string, file: RegExp): Promise<void> {
	const select = page.getByRole('group', { name: field }).getByRole('combobox');
	const name = await select.getByRole('option', { name: file }).first().textContent();
	await select.selectOption({ label: name?.trim() ?? '' });
}

test('a drill, entirely in the terminal but for the upload, and a wrong answer first', async ({
	page
}) => {
	const panel = await start(page, 'openssl-said-nothing', 'Drill');
	await panel.getByRole('radio', { name: /another call/ }).check();
	await panel.getByRole('button', { name: 'Answer', exact: true }).click();
	await expect(panel.getByText('Not so.')).toBeVisible();
	await answer(panel, /SHA-256/);
	await page.getByRole('button', { name: 'Workbench' }).click();
	await page.getByRole('button', { name: 'Open the terminal' }).click();
	const line = page.getByRole('textbox', { name: 'Command line' });
	await expect(page.getByText('OpenSSL is ready.')).toBeAttached();
	const run = async (command: string, expected: RegExp) => {
		await line.fill(command);
		await line.press('Enter');
		await expect(page.getByRole('log').getByText(expected).last()).toBeVisible();
	};
	await run('ls', /PublicKey_[0-9a-f]{8}_1\.pem/);
	const listed = await page
		.getByRole('log')
		.getByText(/PublicKey_/)
		.last()
		.textContent();
	const call = /PublicKey_([0-9a-f]{8}_1)\.pem/.exec(listed ?? '')?.[1] ?? '';
	const material = `KeyMaterial_${call.slice(0, 8)}.bin`;
	await line.fill(`wc -c KeyM`);
	await line.press('Tab');
	await expect(line).toHaveValue(`wc -c ${material} `);
	await line.press('Enter');
	await expect(page.getByRole('log').getByText(`32 ${material}`)).toBeVisible();
	await run(
		`openssl pkeyutl -encrypt -pubin -inkey PublicKey_${call}.pem -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -in ${material} -out Mended.bin && wc -c Mended.bin`,
		/^256 Mended\.bin/
	);
	await panel.getByRole('button', { name: 'Next step' }).click();
	await panel.getByRole('link', { name: 'Go to “Import key files”' }).click();
	await chooseFromWorkbench(page, 'Encrypt key files', /^Mended/);
	await chooseFromWorkbench(page, 'Import Token', /^ImportToken/);
	await page.getByRole('radio', { name: 'Never Expire' }).check();
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(finished(panel, 'Found and mended')).toBeVisible();
	await expect(panel.getByText('Wrong answers: 1.')).toBeVisible();
});

test('the commands of the workbench run in its terminal as they stand', async ({ page }) => {
	await createExternalKey(page, 'by the terminal');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	await sendToWorkbench(page);
	await page.getByRole('tab', { name: 'OpenSSL 3' }).click();
	const line = page.getByRole('textbox', { name: 'Command line' });
	for (const title of ['Make 32 random bytes', 'Encrypt the key material', 'Check the sizes']) {
		await page.getByRole('button', { name: `To the terminal: ${title}` }).click();
		await expect(line).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(line).toHaveValue('');
		await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
	}
	const log = page.getByRole('log');
	await expect(log.getByText(/32 KeyMaterial_[^]*256 EncryptedKeyMaterial_/).last()).toBeVisible();
});

test('a drill whose solution is shown gives no credit', async ({ page }) => {
	const panel = await start(page, 'it-has-to-go-today', 'Drill');
	await panel.getByRole('button', { name: 'Show hint 1 of 3' }).click();
	await expect(panel.getByText('Hint 1 of 3')).toBeVisible();
	await panel.getByRole('button', { name: 'Show the solution' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Show the solution' }).click();
	await expect(finished(panel, 'Found and mended')).toBeVisible({ timeout: 20_000 });
	await expect(panel.getByText(/gives no credit/).first()).toBeVisible();
	await page.goto('/learn');
	await expect(page.getByText('Seen, no credit')).toBeVisible();
});

test('a drill by the console: the shortest waiting period is found', async ({ page }) => {
	const panel = await start(page, 'it-has-to-go-today', 'Drill');
	await answer(panel, /^One day is too short/);
	await panel.getByRole('button', { name: 'Next step' }).click();
	await panel.getByRole('link', { name: 'Go to “Key Detail”' }).click();
	await page.getByRole('button', { name: 'Schedule key deletion' }).click();
	const dialog = page.getByRole('dialog', { name: 'Schedule key deletion' });
	const days = dialog.getByRole('spinbutton', { name: 'Waiting period in days' });
	const confirm = dialog.getByRole('button', { name: 'Schedule key deletion' });
	await fillNumber(days, '8');
	await confirm.click();
	await expectStatus(page, 'PENDING_DELETE');
	await expect(panel.getByText('1 of 2 reached')).toBeVisible();
	await page.getByRole('button', { name: 'Cancel key deletion' }).first().click();
	await expectStatus(page, 'ENABLED');
	await page.getByRole('button', { name: 'Schedule key deletion' }).click();
	await fillNumber(days, '7');
	await confirm.click();
	await expect(finished(panel, 'Found and mended')).toBeVisible();
});

test('a drill by the console: what is disabled is enabled', async ({ page }) => {
	const panel = await start(page, 'imported-once-more', 'Drill');
	await answer(panel, /The CMK is disabled/);
	await panel.getByRole('button', { name: 'Next step' }).click();
	await panel.getByRole('link', { name: 'Go to “Key Detail”' }).click();
	await page
		.getByRole('button', { name: /^Enable/ })
		.first()
		.click();
	await expectStatus(page, 'ENABLED');
	await page.getByRole('textbox', { name: 'Plaintext' }).fill('hello');
	await page.getByRole('button', { name: 'Encrypt', exact: true }).first().click();
	await expect(finished(panel, 'Found and mended')).toBeVisible();
});
