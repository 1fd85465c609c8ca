/** The default that kills a key tomorrow, and the way back. The sandbox clock is moved; nothing waits. */
import type { Page } from '@playwright/test';
import {
	createExternalKey,
	expectStatus,
	getParameters,
	moveClock,
	moveClockTo,
	save,
	uploadKeyFiles
} from './console';
import { expect, test, type Terminal } from './support';

async function importFile(
	page: Page,
	{ openssl, read, write }: Terminal,
	material: string,
	expiry: 'Never Expire' | 'Expiry Date'
): Promise<void> {
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	write('PublicKey.pem', await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	openssl(
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', 'PublicKey.pem'],
		...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256'],
		...['-in', material, '-out', 'wrapped.bin']
	);
	await page.getByRole('link', { name: 'Key Detail' }).click();
	const wrapped = { name: 'wrapped.bin', content: read('wrapped.bin') };
	await uploadKeyFiles(page, wrapped, { name: 'token.hex', content: token }, expiry);
}

test('the default expiry disables the key after a day; only the same material brings it back @all', async ({
	page,
	terminal
}) => {
	const keyId = await createExternalKey(page, 'expiring');
	terminal.openssl('rand', '-out', 'first.bin', '32');
	terminal.openssl('rand', '-out', 'other.bin', '32');
	await importFile(page, terminal, 'first.bin', 'Expiry Date');
	await expectStatus(page, 'ENABLED');

	await moveClockTo(page, 'Key material expires', 'To one second before, and freeze');
	await expectStatus(page, 'ENABLED');
	await moveClock(page, '+1 h');
	await expectStatus(page, 'PENDING_IMPORT');
	const events = page.getByRole('region', { name: 'Recent audit events' });
	await expect(events).toContainText('ExpireKeyMaterial');

	await importFile(page, terminal, 'other.bin', 'Never Expire');
	await expect(page.getByRole('alert')).toContainText('MaterialNotMatch');
	await page.getByRole('link', { name: 'Cancel' }).click();
	await expectStatus(page, 'PENDING_IMPORT');

	await importFile(page, terminal, 'first.bin', 'Never Expire');
	await expectStatus(page, 'ENABLED');

	await page.getByRole('button', { name: 'Delete Key Material' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
	await expect(page).toHaveURL(new RegExp(keyId));
});
