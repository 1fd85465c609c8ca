/** The page of a demo opened by itself, as a link of Markdown leads to it. */
import { expectAccessibleInBothThemes } from './accessible';
import { expect, test } from './support';

const GUIDE = { en: 'Guide', 'zh-CN': '指引' } as const;

for (const locale of ['en', 'zh-CN'] as const)
	for (const name of ['upload', 'two-browser-tabs'])
		test(`axe finds nothing in ${name}.html in either theme: ${locale}`, async ({ page }) => {
			await page.goto(`/embed/${name}.html?lang=${locale}`);
			await expect(page.getByRole('region', { name: GUIDE[locale] })).toBeVisible();
			await expect(page.getByRole('main')).toHaveCount(1);
			await expectAccessibleInBothThemes(page, name);
		});

for (const locale of ['en', 'zh-CN'] as const)
	test(`axe finds nothing in a transcript: ${locale}`, async ({ page }) => {
		await page.goto(`/embed/transcripts/upload.${locale}.html`);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expectAccessibleInBothThemes(page, 'transcript');
	});

test('in an exam a private key is refused, and of other files only what the service reads is said @all', async ({
	page
}) => {
	await page.goto('/embed/upload.html?lang=en&exam=1');
	const field = page.getByRole('group', { name: 'Encrypt key files' });
	const choose = (text: string) =>
		field
			.locator('input')
			.setInputFiles({ name: 'chosen.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
	await choose('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
	await expect(field).toContainText('Not added: this file contains a private key');
	// in quotation marks, which only the diagnosis removes
	await choose(`"${'a5'.repeat(32)}"`);
	await expect(field).toContainText(/66 bytes of text.*This field is for/);
});
