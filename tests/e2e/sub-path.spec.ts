/** The build is a folder for any host and any path below it. */
import { execFileSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '../../src/tools/serve.js';
import { expect, test } from './support';

test('a build for a sub-path runs there', async ({ browser }, info) => {
	test.setTimeout(120_000);
	const folder = info.outputPath('build');
	execFileSync('npm', ['run', '--silent', 'build'], {
		cwd: join(import.meta.dirname, '../..'),
		env: { ...process.env, BASE_PATH: '/docs/app', BUILD_DIR: folder },
		stdio: 'ignore'
	});
	const server = await serve(folder, 0, '/docs/app');
	try {
		const { port } = server.address() as AddressInfo;
		const page = await browser.newPage({ locale: 'en-US' });
		await page.goto(`http://localhost:${String(port)}/docs/app/keys/create`);
		await page.getByRole('radio', { name: 'External' }).check();
		await page.getByRole('checkbox', { name: /I understand/ }).check();
		await page.getByRole('button', { name: 'Create key' }).click();
		await expect(page).toHaveURL(/\/docs\/app\/keys\/[0-9a-f-]{36}$/);
		await page.reload();
		await expect(page.getByRole('heading', { level: 1, name: 'Key Detail' })).toBeVisible();
		await expect(page.getByRole('region', { name: 'Facts' })).toContainText('PENDING_IMPORT');
		await page.close();
	} finally {
		server.closeAllConnections();
		server.close();
	}
});
