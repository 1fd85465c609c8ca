/** The documented import with the machine's own openssl, up to the last button. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { getParameters, openClock, save, selectFile } from '../e2e/console';

/**
 * From Key Detail of a CMK that waits for material to the filled form "Import key files", with an expiry date a day ahead.
 *
 * @param folder for the files of openssl
 * @returns presses Confirm
 */
export async function fillImport(page: Page, folder: string): Promise<() => Promise<void>> {
	const path = (name: string) => join(folder, name);
	const keyId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	writeFileSync(path('key.pem'), await save(page, 'Public Key', 'Download PEM'));
	const token = await save(page, 'Import Token', 'Download hex');
	// the same 32 bytes for one CMK each time: others would be refused
	writeFileSync(path('material.bin'), keyId.replaceAll('-', ''));
	execFileSync('openssl', [
		...['pkeyutl', '-encrypt', '-pubin', '-inkey', path('key.pem'), '-in', path('material.bin')],
		...['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256'],
		...['-out', path('wrapped.bin')]
	]);
	await page.getByRole('link', { name: 'Key Detail' }).click();
	// the page that is left has a link of the same name
	await expect(page.getByRole('region', { name: 'Facts' })).toBeVisible();
	await page.getByRole('link', { name: "Import Key's Data" }).first().click();
	await expect(page.getByRole('heading', { level: 1, name: 'Import key files' })).toBeVisible();
	const wrapped = { name: 'wrapped.bin', content: readFileSync(path('wrapped.bin')) };
	await selectFile(page, 'Encrypt key files', wrapped);
	await selectFile(page, 'Import Token', { name: 'token.hex', content: token });
	await page.getByRole('radio', { name: 'Expiry Date' }).check();
	return () => page.getByRole('button', { name: 'Confirm' }).click();
}

/** @param atMs to the second */
export async function moveClockToInstant(page: Page, atMs: number): Promise<void> {
	const panel = await openClock(page);
	const local = await page.evaluate((ms) => {
		const two = (part: number) => String(part).padStart(2, '0');
		const date = new Date(ms);
		const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
		const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
		// a whole minute has no seconds in such a field
		return `${day}T${time.replace(/(?<=:\d\d):00$/, '')}`;
	}, atMs);
	await panel.getByLabel('Set to a date and time').fill(local);
	await panel.getByRole('button', { name: 'Set', exact: true }).click();
	await expect(panel.getByRole('status')).toContainText('It is now');
	await page.keyboard.press('Escape');
	await expect(panel).toBeHidden();
}
