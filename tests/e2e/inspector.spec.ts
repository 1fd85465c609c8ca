/** The Inspector: what its pictures say in words, and the dock that it shares with the workbench. */
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import {
	createExternalKey,
	expectStatus,
	getParameters,
	save,
	sendToWorkbench,
	uploadKeyFiles
} from './console';
import { expect, test } from './support';

/** As long as encrypted key material is, and nothing else like it. */
const NOISE = { name: 'noise.hex', content: Buffer.from('07'.repeat(256)) };

function dockOf(page: Page): Locator {
	return page.getByRole('complementary', { name: 'Workbench and Inspector' });
}

async function openInspector(page: Page): Promise<Locator> {
	await dockOf(page).getByRole('tab', { name: 'Inspector' }).click();
	return dockOf(page).getByRole('tabpanel', { name: 'Inspector' });
}

test('the Inspector tells the state, the life and the token of a CMK, and follows what happens @all', async ({
	page
}) => {
	await createExternalKey(page, 'inspected');
	const inspector = await openInspector(page);
	await expect(
		inspector.getByRole('img', { name: /^State machine of this CMK, now PENDING_IMPORT/ })
	).toBeVisible();
	await expect(
		inspector.getByRole('list', { name: /^Life line of this CMK, now PENDING_IMPORT/ })
	).toBeVisible();
	await expect(
		inspector.getByRole('listitem').filter({ hasText: 'ImportKeyMaterial' })
	).toContainText('PENDING_IMPORT → ENABLED');
	await expect(inspector).toContainText('Nothing has been uploaded for this CMK yet.');
	await expect(inspector).toContainText('No import token is open for this CMK.');

	await getParameters(page, 'RSAES_OAEP_SHA_1');
	await expect(inspector).toContainText('Only the sandbox can show this.');
	const token = inspector.getByRole('group').filter({ hasText: 'Call 1' });
	await expect(token).toContainText('RSAES_OAEP_SHA_1');
	await expect(token).toContainText(/3\d\d bytes/);
	await expect(
		inspector.getByRole('listitem').filter({ hasText: 'import token of call 1 expires' })
	).toContainText(/in 23 h 59 min|in 24 h/);
});

test('the Inspector shows at which step a refused import stopped @all', async ({ page }) => {
	await createExternalKey(page, 'stopped');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	const token = await save(page, 'Import Token', 'Download hex');
	const inspector = await openInspector(page);
	await page.getByRole('link', { name: 'Key Detail' }).first().click();
	await expectStatus(page, 'PENDING_IMPORT');
	await uploadKeyFiles(page, NOISE, { name: 'ImportToken.hex', content: token });
	const step = (name: string) => inspector.getByRole('listitem').filter({ hasText: name });
	await expect(step('Import token: opens')).toContainText('passed');
	await expect(step('Unwrapped with the private key')).toContainText('refused here');
	await expect(step('32 bytes inside')).toContainText('not reached');
	await expect(inspector.getByRole('region', { name: 'On the wire, to the KMS' })).toContainText(
		'512 bytes'
	);
});

test('the tabs and the width of the dock answer the keyboard, and are remembered @all', async ({
	page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await createExternalKey(page, 'dock');
	const dock = dockOf(page);
	const workbenchTab = dock.getByRole('tab', { name: 'Workbench' });
	const inspectorTab = dock.getByRole('tab', { name: 'Inspector' });
	const separator = dock.getByRole('separator', { name: 'Width of the dock' });
	await expect(workbenchTab).toHaveAttribute('aria-selected', 'true');
	await workbenchTab.focus();
	await page.keyboard.press('ArrowRight');
	await expect(inspectorTab).toBeFocused();
	await expect(dock.getByRole('tabpanel')).toHaveAccessibleName('Inspector');

	await separator.focus();
	await page.keyboard.press('End');
	const widest = Number(await separator.getAttribute('aria-valuenow'));
	await page.keyboard.press('ArrowRight');
	const narrower = Number(await separator.getAttribute('aria-valuenow'));
	expect(narrower).toBeLessThan(widest);
	expect((await dock.boundingBox())?.width).toBe(narrower);
	// pictures are redrawn for the new width, which is not a fault
	await expect(page.getByRole('alert')).toHaveCount(0);

	await page.reload();
	await expect(inspectorTab).toHaveAttribute('aria-selected', 'true');
	await expect(separator).toHaveAttribute('aria-valuenow', String(narrower));
});

test('what was chosen in one tab is still there after a look at the other @all', async ({
	page
}) => {
	await createExternalKey(page, 'kept');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	await sendToWorkbench(page);
	const dock = dockOf(page);
	const output = dock.getByRole('combobox', { name: 'Write the result as' });
	await output.selectOption('Raw bytes');
	await dock.getByRole('tab', { name: 'Inspector' }).click();
	await expect(output).toBeHidden();
	await dock.getByRole('tab', { name: 'Workbench' }).click();
	await expect(output).toHaveValue('raw');
});

test('in a narrow window the dock is a sheet that Escape closes, back to its button @all', async ({
	page
}) => {
	await createExternalKey(page, 'sheet');
	await page.setViewportSize({ width: 375, height: 760 });
	await page.reload();
	const opener = page.getByRole('button', { name: 'Workbench' });
	await opener.click();
	await openInspector(page);
	await page.keyboard.press('Escape');
	await expect(dockOf(page)).toBeHidden();
	await expect(opener).toBeFocused();
	await expect(opener).toHaveAttribute('aria-expanded', 'false');
});

test('axe finds nothing in the Inspector, on a page with and without a CMK @all', async ({
	page
}) => {
	const keyId = await createExternalKey(page, 'axe');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	await sendToWorkbench(page);
	await openInspector(page);
	// remembered, so that it is open on every page
	await dockOf(page)
		.getByRole('button', { name: /^Close/ })
		.click();
	await page.getByRole('button', { name: 'Workbench', exact: true }).click();
	for (const path of [`/keys/${keyId}`, '/keys/create', '/']) {
		await page.goto(path);
		await expect(dockOf(page).getByRole('tabpanel', { name: 'Inspector' })).toContainText(
			'A glass box'
		);
		await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
		await expectAccessible(page, path);
	}
});
