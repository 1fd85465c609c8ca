/** After the first visit the network is not needed any more. */
import { createExternalKey, getParameters } from './console';
import { expect, test } from './support';

test('the app works offline after the first visit, deep links too', async ({ page, context }) => {
	const keyId = await createExternalKey(page, 'offline');
	await expect(page.getByText('Works offline')).toBeVisible();
	await context.setOffline(true);
	await page.goto(`/keys/${keyId}`);
	await getParameters(page, 'RSAES_OAEP_SHA_1');
	await page.reload();
	await expect(page.getByRole('group', { name: 'Public Key' })).toBeVisible();
	await page.goto('/no/such/page');
	await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
});
