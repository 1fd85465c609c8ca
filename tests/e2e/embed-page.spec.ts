/** The page of a demo opened by itself, as a link of Markdown leads to it: nothing for axe to find. */
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
