/** The documented page, followed literally, with files made by the machine's own openssl. */
import type { Page } from '@playwright/test';
import {
	type Algorithm,
	createExternalKey,
	createExternalKeyFromList,
	expectStatus,
	getParameters,
	openKeyList,
	save,
	sendToWorkbench,
	type Upload,
	uploadKeyFiles
} from './console';
import { collectProblems, expect, test, type Terminal } from './support';

const PADDING: Readonly<Record<Algorithm, readonly string[]>> = {
	RSAES_OAEP_SHA_256: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256'],
	RSAES_OAEP_SHA_1: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha1'],
	RSAES_PKCS1_V1_5: ['rsa_padding_mode:pkcs1']
};
const ALGORITHMS = Object.keys(PADDING) as Algorithm[];

const FORMS: Readonly<Record<string, (raw: Buffer) => Upload>> = {
	'hexadecimal text': (raw) => ({
		name: 'EncryptedKeyMaterial.hex',
		content: Buffer.from(`${raw.toString('hex').replace(/.{60}/g, '$&\n')}\n`)
	}),
	'raw bytes': (raw) => ({ name: 'EncryptedKeyMaterial.bin', content: raw }),
	base64: (raw) => ({
		name: 'EncryptedKeyMaterial.b64',
		content: Buffer.from(`${raw.toString('base64')}\n`)
	})
};

/** The customer's half, on the customer's machine. @returns the 256 encrypted bytes */
function wrap({ openssl, read }: Terminal, algorithm: Algorithm, publicKey: string): Buffer {
	openssl(
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', publicKey],
		...PADDING[algorithm].flatMap((option) => ['-pkeyopt', option]),
		...['-in', 'KeyMaterial.bin', '-out', 'EncryptedKeyMaterial.bin']
	);
	return read('EncryptedKeyMaterial.bin');
}

async function roundTrip(page: Page, text: string): Promise<void> {
	const encrypt = page.getByRole('form', { name: 'Encrypt', exact: true });
	await encrypt.getByRole('textbox', { name: 'Plaintext' }).fill(text);
	await encrypt.getByRole('button', { name: 'Encrypt', exact: true }).click();
	await encrypt.getByRole('button', { name: 'Put into Decrypt' }).click();
	await decrypt(page, text);
}

async function decrypt(page: Page, text: string): Promise<void> {
	const form = page.getByRole('form', { name: 'Decrypt', exact: true });
	await form.getByRole('button', { name: 'Decrypt', exact: true }).click();
	await expect(form.getByRole('status').last()).toContainText(text);
}

/** Each algorithm once and each form once; all pairs of them are for `npm run test:all`. */
const isFirstOfItsKind = (algorithm: Algorithm, form: string): boolean =>
	ALGORITHMS.indexOf(algorithm) === Object.keys(FORMS).indexOf(form);

for (const algorithm of ALGORITHMS)
	for (const [form, toUpload] of Object.entries(FORMS)) {
		const tag = isFirstOfItsKind(algorithm, form) ? '@firefox' : '@all';
		const title = `a key pending import becomes enabled: ${algorithm}, uploaded as ${form}`;
		test(title, { tag }, async ({ page, terminal, browserName }) => {
			test.skip(
				browserName !== 'chromium' && form !== 'hexadecimal text',
				'a file is read the same way whatever is in it: one form of each algorithm in the other engines'
			);
			const keyId = await createExternalKeyFromList(page, `${algorithm} ${form}`);
			await getParameters(page, algorithm);
			terminal.write('PublicKey.pem', await save(page, 'Public Key', 'Download PEM'));
			const token = await save(page, 'Import Token', 'Download hex');

			terminal.openssl('rand', '-out', 'KeyMaterial.bin', '32');
			const material = toUpload(wrap(terminal, algorithm, 'PublicKey.pem'));

			await openKeyList(page);
			await page.getByRole('link', { name: keyId }).click();
			await expectStatus(page, 'PENDING_IMPORT');
			await uploadKeyFiles(page, material, { name: 'ImportToken.hex', content: token });
			await expectStatus(page, 'ENABLED');
			await roundTrip(page, 'round trip');
		});
	}

test('the public key opens in openssl in each of its three forms', async ({ page, terminal }) => {
	await createExternalKey(page, 'three forms');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	const pem = await save(page, 'Public Key', 'Download PEM');
	const der = await save(page, 'Public Key', 'Download DER');
	const hex = await save(page, 'Public Key', 'Download hex');
	terminal.write('key.pem', pem);
	terminal.write('key.der', der);
	expect(Buffer.from(hex.toString(), 'hex').equals(der)).toBe(true);
	const read = (form: string, file: string) =>
		terminal.openssl('pkey', '-pubin', '-inform', form, '-in', file, '-noout', '-text');
	expect(read('PEM', 'key.pem')).toContain('Public-Key: (2048 bit)');
	expect(read('DER', 'key.der')).toBe(read('PEM', 'key.pem'));
});

test('a wrong digest is refused with both answers, and the form keeps the files', async ({
	page,
	terminal
}) => {
	await createExternalKey(page, 'wrong digest');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	terminal.write('PublicKey.pem', await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	terminal.openssl('rand', '-out', 'KeyMaterial.bin', '32');
	const content = wrap(terminal, 'RSAES_OAEP_SHA_1', 'PublicKey.pem');
	await page.getByRole('link', { name: 'Key Detail' }).click();
	await uploadKeyFiles(page, { name: 'wrapped.bin', content }, { name: 't.hex', content: token });
	const refusal = page.getByRole('alert');
	await expect(refusal).toContainText('MaterialDecryptFailed');
	await expect(refusal).toContainText('encryptedKeyMaterial is not valid');
	await expect(refusal).toContainText('rsa_oaep_md:sha256');
	await expect(refusal).toBeFocused();
	await expect(page.getByRole('group', { name: 'Encrypt key files' })).toContainText('wrapped.bin');
	await page.getByRole('link', { name: 'Cancel' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
});

test('the whole procedure works without openssl, in the workbench @firefox', async ({ page }) => {
	await createExternalKey(page, 'no openssl');
	await getParameters(page, 'RSAES_PKCS1_V1_5');
	await sendToWorkbench(page);
	const workbench = page.getByRole('complementary', { name: 'Workbench' });
	await workbench.getByRole('button', { name: 'Make key material' }).click();
	await workbench.getByRole('button', { name: 'Encrypt', exact: true }).click();
	const encrypted = workbench.getByRole('group', { name: /^EncryptedKeyMaterial/ });
	await expect(encrypted).toContainText('encrypted key material, hex, 512 bytes');
	await page.getByRole('link', { name: "Next: Import Key's Data" }).click();
	for (const [field, file] of [
		['Encrypt key files', /^EncryptedKeyMaterial/],
		['Import Token', /^ImportToken/]
	] as const) {
		const select = page.getByRole('group', { name: field }).getByRole('combobox');
		const option = select.getByRole('option', { name: file });
		await select.selectOption((await option.textContent())?.trim() ?? '');
	}
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expectStatus(page, 'ENABLED');
	await expect(page.getByRole('region', { name: 'Facts' })).toContainText(/in 23 h 59 min/);
});

test('keys, material and ciphertext survive a restart of the browser @firefox', async ({
	playwright,
	browserName,
	channel,
	launchOptions,
	baseURL,
	terminal
}, info) => {
	const launch = () =>
		playwright[browserName].launchPersistentContext(info.outputPath('profile'), {
			...launchOptions,
			...(channel !== undefined && { channel }),
			...(baseURL !== undefined && { baseURL }),
			locale: 'en-US'
		});
	let context = await launch();
	const before = collectProblems(context);
	let page = await context.newPage();
	const keyId = await createExternalKey(page, 'restart');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	terminal.write('PublicKey.pem', await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	terminal.openssl('rand', '-out', 'KeyMaterial.bin', '32');
	const content = wrap(terminal, 'RSAES_OAEP_SHA_256', 'PublicKey.pem');
	await page.getByRole('link', { name: 'Key Detail' }).click();
	await uploadKeyFiles(page, { name: 'm.bin', content }, { name: 't.hex', content: token });
	await expectStatus(page, 'ENABLED');
	await roundTrip(page, 'before the restart');
	const form = page.getByRole('form', { name: 'Decrypt', exact: true });
	const blob = await form.getByRole('textbox', { name: 'Ciphertext blob' }).inputValue();
	expect(before).toEqual([]);
	await context.close();

	context = await launch();
	const after = collectProblems(context);
	page = await context.newPage();
	await openKeyList(page);
	await page.getByRole('link', { name: keyId }).click();
	await expectStatus(page, 'ENABLED');
	await page.getByRole('textbox', { name: 'Ciphertext blob' }).fill(blob);
	await decrypt(page, 'before the restart');
	await roundTrip(page, 'after the restart');
	expect(after).toEqual([]);
	await context.close();
});
