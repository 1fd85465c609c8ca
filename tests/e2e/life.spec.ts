/**
 * The whole life of a key in one sitting: created, imported, used, expired, imported again, disabled, enabled, scheduled,
 * cancelled, deleted. Nothing waits: the sandbox clock stands still and is moved, so every countdown is known exactly.
 */
import type { Page } from '@playwright/test';
import {
	createExternalKey,
	expectStatus,
	fillNumber,
	getParameters,
	save,
	uploadKeyFiles
} from './console';
import { expect, test, type Terminal } from './support';

/** What the whole life may take, by the clock on the wall. */
const TWO_MINUTES = 120_000;

/** The form of the expiry date counts in minutes: the default of a day is up to a minute short. */
const FROM_NOW = {
	day: /in (?:1 d 0 h|23 h 59 min)/,
	hourLess: /in (?:23 h 0 min|22 h 59 min)/
};

const clockPanel = (page: Page) => page.getByRole('dialog', { name: 'Sandbox clock' });

async function withClock(page: Page, act: () => Promise<void>): Promise<void> {
	await page.getByRole('button', { name: 'Sandbox clock' }).click();
	await expect(clockPanel(page).getByRole('heading', { name: 'Sandbox clock' })).toBeVisible();
	await act();
	await expect(clockPanel(page).getByRole('status')).toContainText('It is now');
	await clockPanel(page).getByRole('button', { name: 'Close the clock' }).click();
	await expect(clockPanel(page)).toBeHidden();
}

/** One of the clock's general moves. */
const move = (page: Page, name: 'Freeze' | '+1 h' | '+24 h' | '+7 d') =>
	withClock(page, () => clockPanel(page).getByRole('button', { name, exact: true }).click());

/** A move to one of the next events, with the countdown that the clock shows for it before. */
const moveTo = (
	page: Page,
	event: string,
	where: 'To one second before, and freeze' | 'To the event',
	countdown: string | RegExp
) =>
	withClock(page, async () => {
		const item = clockPanel(page).getByRole('listitem').filter({ hasText: event });
		await expect(item).toContainText(countdown);
		await item.getByRole('button', { name: where }).click();
	});

const facts = (page: Page) => page.getByRole('region', { name: 'Facts' });
const nextStep = (page: Page) => page.getByRole('region', { name: 'Next step' });

async function importMaterial(
	page: Page,
	{ openssl, read, write }: Terminal,
	expiry: 'Never Expire' | 'Expiry Date'
): Promise<void> {
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	await expect(page.getByRole('group').filter({ hasText: 'Call' }).first()).toContainText(
		'in 1 d 0 h'
	);
	write('PublicKey.pem', await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	openssl(
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', 'PublicKey.pem'],
		...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256'],
		...['-in', 'KeyMaterial.bin', '-out', 'wrapped.bin']
	);
	await page.getByRole('link', { name: 'Key Detail' }).click();
	await expect(nextStep(page)).toContainText('in 1 d 0 h');
	const wrapped = { name: 'wrapped.bin', content: read('wrapped.bin') };
	await uploadKeyFiles(page, wrapped, { name: 'token.hex', content: token }, expiry);
	await expectStatus(page, 'ENABLED');
}

async function encrypt(page: Page, text: string): Promise<void> {
	const form = page.getByRole('form', { name: 'Encrypt', exact: true });
	await form.getByRole('textbox', { name: 'Plaintext' }).fill(text);
	await form.getByRole('button', { name: 'Encrypt' }).click();
}

async function decrypt(page: Page, cipherText: string): Promise<void> {
	const form = page.getByRole('form', { name: 'Decrypt' });
	await form.getByRole('textbox', { name: 'Ciphertext blob' }).fill(cipherText);
	await form.getByRole('button', { name: 'Decrypt' }).click();
}

const press = (page: Page, name: string) =>
	page
		.getByRole('region', { name: 'State of the CMK' })
		.getByRole('button', { name, exact: true })
		.click();

async function schedule(page: Page, days: string): Promise<void> {
	await press(page, 'Schedule key deletion');
	const dialog = page.getByRole('dialog', { name: 'Schedule key deletion' });
	await fillNumber(dialog.getByRole('spinbutton', { name: 'Waiting period in days' }), days);
	await dialog.getByRole('button', { name: 'Schedule key deletion' }).click();
	await expectStatus(page, 'PENDING_DELETE');
}

test('a key lives from its creation to its deletion in under two minutes, every countdown right @all', async ({
	page,
	terminal
}) => {
	test.setTimeout(TWO_MINUTES);
	page.setDefaultTimeout(15_000);
	const start = Date.now();
	terminal.openssl('rand', '-out', 'KeyMaterial.bin', '32');

	const keyId = await createExternalKey(page, 'life');
	await move(page, 'Freeze');

	await test.step('imported for a day, and used', async () => {
		await importMaterial(page, terminal, 'Expiry Date');
		await expect(facts(page)).toContainText(FROM_NOW.day);
	});
	await encrypt(page, 'a secret of today');
	await page
		.getByRole('form', { name: 'Encrypt', exact: true })
		.getByRole('button', { name: 'Put into Decrypt' })
		.click();
	const cipherText = await page
		.getByRole('form', { name: 'Decrypt' })
		.getByRole('textbox', { name: 'Ciphertext blob' })
		.inputValue();
	await decrypt(page, cipherText);
	await expect(page.getByRole('form', { name: 'Decrypt' })).toContainText('a secret of today');

	await test.step('usable until the last second, and not at its expiry', async () => {
		await move(page, '+1 h');
		await expect(facts(page)).toContainText(FROM_NOW.hourLess);
		await moveTo(
			page,
			'Key material expires',
			'To one second before, and freeze',
			FROM_NOW.hourLess
		);
		await expect(facts(page)).toContainText('in 1 s');
		await expectStatus(page, 'ENABLED');
		await encrypt(page, 'one second before');
		await expect(page.getByRole('alert')).toHaveCount(0);
		await moveTo(page, 'Key material expires', 'To the event', 'in 1 s');
		await expectStatus(page, 'PENDING_IMPORT');
		await decrypt(page, cipherText);
		await expect(page.getByRole('alert')).toContainText('KeyPendingImport');
	});

	await test.step('the same material comes back, and with it the ciphertext', async () => {
		await importMaterial(page, terminal, 'Never Expire');
		await decrypt(page, cipherText);
		await expect(page.getByRole('form', { name: 'Decrypt' })).toContainText('a secret of today');
	});

	await test.step('disabled and enabled', async () => {
		await press(page, 'Disable key');
		await expectStatus(page, 'DISABLED');
		await encrypt(page, 'not now');
		await expect(page.getByRole('alert')).toContainText('KeyDisabled');
		await press(page, 'Enable key');
		await expectStatus(page, 'ENABLED');
	});

	await test.step('scheduled and cancelled', async () => {
		await schedule(page, '8');
		await expect(nextStep(page)).toContainText('in 8 d 0 h');
		await move(page, '+24 h');
		await expect(nextStep(page)).toContainText('in 7 d 0 h');
		await encrypt(page, 'not any more');
		await expect(page.getByRole('alert')).toContainText('KeyPendingDelete');
		await nextStep(page).getByRole('button', { name: 'Cancel the deletion' }).click();
		await expectStatus(page, 'ENABLED');
	});

	await test.step('deleted, and every ciphertext with it', async () => {
		await schedule(page, '7');
		await page.getByRole('link', { name: 'Customer managed keys' }).first().click();
		await expect(page.getByRole('row').filter({ hasText: 'life' })).toContainText('in 7 d 0 h');
		await moveTo(page, 'CMK is deleted', 'To one second before, and freeze', 'in 7 d 0 h');
		await expect(page.getByRole('row').filter({ hasText: 'life' })).toContainText('in 1 s');
		await moveTo(page, 'CMK is deleted', 'To the event', 'in 1 s');
		await expect(page.getByText('No CMK yet')).toBeVisible();
		await page.goto(`/keys/${keyId}`);
		await expect(page.getByRole('heading', { name: 'This CMK was deleted' })).toBeVisible();
		await createExternalKey(page, 'other');
		await decrypt(page, cipherText);
		await expect(page.getByRole('alert')).toContainText('KeyNotFound');
	});
	expect(Date.now() - start).toBeLessThan(TWO_MINUTES);
});
