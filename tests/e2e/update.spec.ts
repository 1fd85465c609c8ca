/** A new version is loaded when the user says so, and not before. */
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '../../src/tools/serve.js';
import { expect, test } from './support';

const ROOT = join(import.meta.dirname, '../..');

test('a new version waits for consent, then replaces the old one', async ({ page }, info) => {
	test.setTimeout(120_000);
	const before = info.outputPath('before');
	const after = info.outputPath('after');
	cpSync(join(ROOT, 'build'), before, { recursive: true });
	execFileSync('npm', ['run', '--silent', 'build'], {
		cwd: ROOT,
		env: { ...process.env, APP_VERSION: 'next', BUILD_DIR: after },
		stdio: 'ignore'
	});
	const versions = () => page.evaluate(() => caches.keys());

	let current = before;
	const server = await serve(() => current, 0);
	try {
		await page.goto(`http://localhost:${String((server.address() as AddressInfo).port)}/keys`);
		await expect(page.getByText('Works offline')).toBeVisible();
		const [old] = await versions();

		current = after;
		// the page looks for a new version whenever it is looked at again
		await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
		const load = page.getByRole('button', { name: 'Update now' });
		await expect(load).toBeVisible();
		expect(await versions()).toContain(old);

		await load.click();
		// the page reloads meanwhile, and a question asked at that moment is lost
		await expect(async () => {
			expect(await versions()).toEqual(['app::next']);
		}).toPass();
		await expect(page.getByText('Works offline')).toBeVisible();
	} finally {
		server.closeAllConnections();
		server.close();
	}
});
