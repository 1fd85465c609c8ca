/** Files that cannot be right: the page says at once what it saw, the service refuses, and nothing is lost. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExternalKey, expectStatus, getParameters, save, selectFile } from './console';
import { BUILD, startHost } from './host';
import { collectProblems, expect, test } from './support';

const SELECT = { name: 'Select files' };
const REFUSED = 'The service refused this entry';

// Firefox's driver reports only the first file dialog of a field
test('every wrong file is named for what it is, and refused without a crash @all @chromium', async ({
	page
}) => {
	await createExternalKey(page, 'wrong files');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	const pem = await save(page, 'Public Key', 'Download PEM');
	const token = await save(page, 'Import Token', 'Download hex');
	await page.getByRole('link', { name: "Next: Import Key's Data" }).click();
	await selectFile(page, 'Import Token', { name: 'ImportToken.hex', content: token });
	const field = page.getByRole('group', { name: 'Encrypt key files' });
	const wrong: readonly (readonly [Buffer, RegExp, string])[] = [
		[Buffer.alloc(0), /This file is empty/, 'MaterialDecryptFailed'],
		[Buffer.alloc(65, 0x80), /65 raw bytes/, 'MaterialDecryptFailed'],
		[pem, /PEM lines \(PUBLIC KEY\).*an RSA-2048 public key/, 'MaterialDecryptFailed'],
		[token, /belongs in the field Import Token/, 'MaterialDecryptFailed'],
		[Buffer.from('abc'), /odd number/, 'MaterialDecryptFailed'],
		[Buffer.alloc(256, 0x90), /256 raw bytes, as expected/, 'MaterialDecryptFailed'],
		[Buffer.alloc(5_000_000, 0x90), /larger than 64 KiB/, 'InvalidParameter']
	];
	for (const [content, seen, code] of wrong) {
		await selectFile(page, 'Encrypt key files', { name: 'wrong.bin', content });
		await expect(field.getByRole('status')).toContainText(seen);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByRole('alert')).toContainText(code);
		await expect(field.getByRole('button', SELECT)).toHaveAccessibleDescription(RegExp(code));
		await expect(field).toContainText(REFUSED);
	}
	await field.getByRole('button', { name: 'Clear' }).click();
	await expect(field).not.toContainText(REFUSED);
	await page.getByRole('link', { name: 'Cancel' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
});

test('a private key is not taken @all', async ({ page }) => {
	await createExternalKey(page, 'private key');
	await page.getByRole('link', { name: "Import Key's Data" }).first().click();
	const content = Buffer.from('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
	await selectFile(page, 'Encrypt key files', { name: 'server.key', content });
	const field = page.getByRole('group', { name: 'Encrypt key files' });
	await expect(field.getByRole('status')).toContainText('Not added');
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(page.getByRole('alert')).toContainText('Choose the encrypted key material');
});

/** The worker's part that names files: one of its findings stands in no other. */
function namingPart(): string {
	const folder = join(BUILD, '_app/immutable/workers/chunks');
	const [part, ...others] = readdirSync(folder).filter(
		(name) =>
			/\.js$/.test(name) && readFileSync(join(folder, name), 'utf8').includes('nothingOpensIt')
	);
	if (part === undefined || others.length > 0) throw new Error('it is another part');
	return part;
}

// Firefox remembers that a worker's module could not be loaded, until the page is reloaded: https://github.com/whatwg/html/issues/6768
test('where the check for private keys cannot be loaded, no file is added until another try can @chromium', async ({
	browser
}) => {
	const host = await startHost();
	const part = namingPart();
	host.lose(new RegExp(`/${part.replace('.', '\\.')}$`));
	const context = await browser.newContext({ baseURL: host.origin, locale: 'en-US' });
	// the browser reports the request that failed
	const problems = collectProblems(context, undefined, (problem) =>
		problem.includes('ERR_EMPTY_RESPONSE')
	);
	try {
		const page = await context.newPage();
		await createExternalKey(page, 'unchecked');
		await page.getByRole('link', { name: "Import Key's Data" }).first().click();
		const content = Buffer.alloc(256, 0x90);
		await selectFile(page, 'Encrypt key files', { name: 'wrapped.bin', content });
		const field = page.getByRole('group', { name: 'Encrypt key files' });
		const again = field.getByRole('button', { name: 'Try again' });
		const unchecked = /wrapped\.bin was not added: the check for private keys couldn’t be loaded/;
		await expect(field.getByRole('status')).toContainText(unchecked);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByRole('alert')).toContainText('Choose the encrypted key material');
		await again.press('Enter');
		await expect(field.getByRole('status')).toContainText(unchecked);
		host.restore();
		await again.press('Enter');
		await expect(field.getByRole('status')).toContainText('256 raw bytes, as expected');
	} finally {
		await context.close();
		host.stop();
	}
	expect(problems).toEqual([]);
});

test('a key that does not exist, and one of origin KMS, are explained @all', async ({ page }) => {
	await page.goto('/keys/00000000-0000-4000-8000-000000000000/import');
	await expect(page.getByRole('heading', { name: 'This sandbox has no such CMK' })).toBeVisible();
	await page.goto('/keys/create');
	await page.getByRole('radio', { name: 'KMS' }).check();
	await page.getByRole('button', { name: 'Create key' }).click();
	await expectStatus(page, 'ENABLED');
	await page.goto(`${page.url()}/parameters`);
	await expect(
		page.getByRole('heading', { name: 'This CMK takes no imported key material' })
	).toBeVisible();
});
