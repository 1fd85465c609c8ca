/**
 * Mistakes made on the page with the machine's own openssl: what the service says, and beside it the cause. Every mistake is made
 * without the page in tests/procedures/mistakes.test.ts.
 */
import type { Page } from '@playwright/test';
import { createExternalKey, expectStatus, getParameters, save, selectFile } from './console';
import { savedBy } from './saved-files';
import { expect, test, type Terminal } from './support';

const CONFIRM = { name: 'Confirm' };
const refusal = (page: Page) => page.getByRole('alert');

function wrap(terminal: Terminal, ...options: string[]): Buffer {
	terminal.openssl(
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', 'PublicKey.pem', ...options],
		...['-in', 'KeyMaterial.bin', '-out', 'Wrapped.bin']
	);
	return terminal.read('Wrapped.bin');
}

const OAEP = ['-pkeyopt', 'rsa_padding_mode:oaep'];
const SHA256 = [...OAEP, '-pkeyopt', 'rsa_oaep_md:sha256'];

// Firefox's driver reports only the first file dialog of a field
test('each file mistake is refused with its own diagnosis @all @chromium', async ({
	page,
	terminal
}) => {
	await createExternalKey(page, 'mistakes');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	terminal.write('PublicKey.pem', await save(page, 'Public Key', 'Download PEM'));
	terminal.openssl('rand', '-out', 'KeyMaterial.bin', '32');
	const firstCall = wrap(terminal, ...SHA256);
	await page.getByRole('button', { name: 'Get parameters' }).click();
	await expect(page.getByRole('group').filter({ hasText: /^Call 2/ })).toBeVisible();
	terminal.write('PublicKey.pem', await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	const good = wrap(terminal, ...SHA256);
	const mistakes: readonly (readonly [Buffer, string, readonly RegExp[]])[] = [
		[
			wrap(terminal, ...OAEP),
			'encryptedKeyMaterial is not valid',
			[/for call 2 with OAEP SHA-1\. You requested OAEP SHA-256/, /rsa_oaep_md:sha256/]
		],
		[wrap(terminal), 'encryptedKeyMaterial is not valid', [/for call 2 with PKCS #1 v1\.5/]],
		[
			firstCall,
			'encryptedKeyMaterial is not valid',
			[/public key from call 1, but the token is from call 2/]
		],
		[
			Buffer.from(Buffer.from(good.toString('hex')).toString('base64')),
			'encryptedKeyMaterial is not valid',
			[/base64 text, which contains hexadecimal text.*After decoding, .*decrypts the file/]
		],
		[Buffer.alloc(0), 'encryptedKeyMaterial is not valid', [/is empty/, /report no error/]]
	];
	await page.getByRole('link', { name: "Next: Import Key's Data" }).click();
	await selectFile(page, 'Import Token', { name: 'token.hex', content: token });
	for (const [content, message, causes] of mistakes) {
		await selectFile(page, 'Encrypt key files', { name: 'wrapped.bin', content });
		await page.getByRole('button', CONFIRM).click();
		await expect(refusal(page)).toContainText('The service says');
		await expect(refusal(page)).toContainText(message);
		for (const cause of causes) await expect(refusal(page)).toContainText(cause);
	}

	await test.step('a decoded file can be saved', async () => {
		const content = Buffer.from(`"${good.toString('hex')}"`);
		await selectFile(page, 'Encrypt key files', { name: 'quoted.txt', content });
		await expect(page.getByRole('group', { name: 'Encrypt key files' })).toContainText(
			'This file contains text in quotation marks, which contains hexadecimal text'
		);
		await page.getByRole('button', CONFIRM).click();
		const save = { name: 'Save the decoded file' };
		const saved = await savedBy(page, () => refusal(page).getByRole('button', save).click());
		expect(saved.name).toMatch(/^EncryptedKeyMaterial_[0-9a-f]{8}_2_decoded\.bin$/);
		expect(saved.content).toEqual(good);
	});

	await test.step('a wrong length is what the bytes look like', async () => {
		terminal.write('KeyMaterial.bin', `${terminal.read('KeyMaterial.bin').toString('hex')}\n`);
		const content = wrap(terminal, ...SHA256);
		await selectFile(page, 'Encrypt key files', { name: 'wrapped.bin', content });
		await page.getByRole('button', CONFIRM).click();
		await expect(refusal(page)).toContainText('key material must be 32 bytes, got 65');
		await expect(refusal(page)).toContainText('hexadecimal text, which contains 32 bytes');
		await expect(refusal(page)).toContainText('xxd -r -p');
	});

	await test.step('the checks before the one that refused have passed', async () => {
		await refusal(page)
			.getByText('Check 11 of 13 failed. Requirement: the key material is 32 bytes long')
			.click();
		const checks = refusal(page).getByRole('listitem');
		await expect(checks).toHaveCount(13);
		await expect(checks.nth(9)).toContainText('passed');
		await expect(checks.nth(10)).toContainText('failed');
		await expect(checks.nth(11)).toContainText('not reached');
	});

	await test.step('hidden, the service alone speaks', async () => {
		await refusal(page).getByRole('button', { name: 'Hide the diagnosis' }).click();
		await expect(refusal(page)).toContainText('MaterialLengthInvalid');
		await expect(refusal(page)).not.toContainText('hexadecimal');
		await page.getByRole('button', CONFIRM).click();
		await expect(refusal(page)).toContainText('The diagnosis is hidden');
		await expect(refusal(page)).not.toContainText('hexadecimal');
		await refusal(page).getByRole('button', { name: 'Show the diagnosis' }).click();
		await expect(refusal(page)).toContainText('hexadecimal text');
	});

	await test.step('the right file is taken', async () => {
		await selectFile(page, 'Encrypt key files', { name: 'wrapped.bin', content: good });
		await page.getByRole('radio', { name: 'Never Expire' }).check();
		await page.getByRole('button', CONFIRM).click();
		await expectStatus(page, 'ENABLED');
	});
});

test('the token of another CMK is named after that CMK @all', async ({ page, terminal }) => {
	await createExternalKey(page, 'payroll');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	terminal.write('PublicKey.pem', await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	terminal.openssl('rand', '-out', 'KeyMaterial.bin', '32');
	const content = wrap(terminal, ...SHA256);
	await createExternalKey(page, 'billing');
	await page.getByRole('link', { name: "Import Key's Data" }).first().click();
	await selectFile(page, 'Encrypt key files', { name: 'wrapped.bin', content });
	await selectFile(page, 'Import Token', { name: 'token.hex', content: token });
	await page.getByRole('button', CONFIRM).click();
	await expect(refusal(page)).toContainText('importToken is not valid for this CMK');
	await expect(refusal(page)).toContainText('The token was issued for another CMK: payroll');
	await expect(refusal(page)).toContainText('call 1');
});

/** Keeps the question from its worker until the page hears of the event `release`. */
function holdDiagnosis(): void {
	let isHeld = true;
	addEventListener('release', () => (isHeld = false), { once: true });
	for (const { prototype } of [Worker, MessagePort]) {
		const post = Reflect.get(prototype, 'postMessage') as (...sent: unknown[]) => void;
		Reflect.set(prototype, 'postMessage', function (this: unknown, ...sent: unknown[]) {
			const [message] = sent as [{ readonly path?: readonly string[] } | undefined];
			const send = () => {
				post.apply(this, sent);
			};
			if (isHeld && message?.path?.includes('diagnose') === true)
				addEventListener('release', send, { once: true });
			else send();
		});
	}
}

test('a long search can be stopped and started again @all', async ({ page }) => {
	await createExternalKey(page, 'stopped');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	const token = await save(page, 'Import Token', 'Download hex');
	await page.getByRole('link', { name: "Next: Import Key's Data" }).click();
	await selectFile(page, 'Import Token', { name: 'token.hex', content: token });
	const content = Buffer.alloc(256, 0x90);
	await selectFile(page, 'Encrypt key files', { name: 'wrapped.bin', content });
	await page.getByRole('radio', { name: 'Never Expire' }).check();
	await page.evaluate(holdDiagnosis);
	await page.getByRole('button', CONFIRM).click();
	const diagnosis = refusal(page);
	await expect(diagnosis.getByText('Looking for the cause')).toBeVisible();
	await diagnosis.getByRole('button', { name: 'Stop the search' }).press('Enter');
	await expect(diagnosis.getByText('You stopped the search')).toBeVisible();
	await page.evaluate(() => {
		dispatchEvent(new Event('release'));
	});
	const again = diagnosis.getByRole('button', { name: 'Search again' });
	await expect(again).toBeFocused();
	await again.press('Enter');
	await expect(diagnosis.getByText(/No valid private key decrypts/)).toBeVisible();
	await expect(again).toHaveCount(0);
});
