/**
 * Every page in both themes and both languages: nothing for axe to find, no problem on the console, no `{name}` without a
 * value.
 */
import type { Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	expectAccessible,
	expectAccessibleInBothThemes,
	expectNamesAccessible
} from './accessible';
import { createExternalKey, getParameters, sendToWorkbench } from './console';
import { ADDRESSES_OF_NOTHING, consolePages, COURSE_PAGES } from './page-list';
import { BUILD } from './host';
import { expect, test } from './support';

const CLOCK = /Sandbox clock|沙箱时钟/;

/** The dock is open on a wide window, with the tab that was shown last. */
async function openInspector(page: Page): Promise<void> {
	await page.getByRole('tab', { name: /Inspector|检查器/ }).click();
	await expect(page.getByRole('img', { name: /State machine|状态机/ }).last()).toBeVisible();
}

/** The demo inside comes late, and axe looks into it too. */
const expectPreview = (page: Page): Promise<void> =>
	expect(page.locator('iframe').contentFrame().getByRole('heading', { level: 2 })).toHaveCount(2);

const LOCALES = ['en', 'zh-CN'] as const;

/** @param at where, for the message */
async function expectNamesResolved(page: Page, at: string): Promise<void> {
	const text = await page.locator('body').innerText();
	expect(text.match(/\{[A-Za-z]\w*\}/g) ?? [], at).toEqual([]);
}

for (const locale of LOCALES)
	test(
		`axe finds nothing on any page, in either theme: ${locale}`,
		{
			tag: locale === 'en' ? [] : ['@all']
		},
		async ({ page, browserName }) => {
			test.skip(
				browserName !== 'chromium' && locale !== 'en',
				'names and roles are the same in every engine: one language and one theme are enough to see that'
			);
			const check =
				locale !== 'en'
					? expectNamesAccessible
					: browserName === 'chromium'
						? expectAccessibleInBothThemes
						: expectAccessible;
			const expectFound = async (at: string) => {
				await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
				await expectNamesResolved(page, at);
				await check(page, at);
			};
			test.setTimeout(240_000);
			const keyId = await createExternalKey(page, 'axe');
			await getParameters(page, 'RSAES_OAEP_SHA_256');
			await sendToWorkbench(page);
			await page.evaluate((wanted) => {
				localStorage.setItem('PARAGLIDE_LOCALE', wanted);
			}, locale);
			for (const path of [...consolePages(keyId), ...COURSE_PAGES, ...ADDRESSES_OF_NOTHING]) {
				await page.goto(path);
				await expect(page.locator('html')).toHaveAttribute('lang', locale);
				if (path === '/embed-builder') await expectPreview(page);
				await expectFound(path);
			}
			await page.goto(`/keys/${keyId}`);
			await openInspector(page);
			await expectFound('the Inspector');
			await page.getByRole('banner').getByRole('button', { name: CLOCK }).click();
			await expect(page.getByRole('dialog', { name: CLOCK }).getByRole('listitem')).toHaveCount(1);
			await expectFound('the clock');
		}
	);

const COURSE = 'src/lib/course';
const scenarioIds = ['lessons', 'drills'].flatMap((kind) =>
	readdirSync(join(COURSE, kind)).map((file) => {
		const { id } = JSON.parse(readFileSync(join(COURSE, kind, file), 'utf8')) as { id: string };
		return id;
	})
);

for (const locale of LOCALES)
	test(`no lesson, drill or demo shows a name in braces: ${locale} @all`, async ({ page }) => {
		test.setTimeout(300_000);
		await page.goto('/learn');
		await page.evaluate((wanted) => {
			localStorage.setItem('PARAGLIDE_LOCALE', wanted);
		}, locale);
		const start = page.getByRole('button', { name: /^(?:Start|开始)$/ });
		for (const id of scenarioIds) {
			await page.goto(`/learn/${id}`);
			await expect(start).toBeVisible();
			await expectNamesResolved(page, id);
		}
		await page.goto('/learn/import-token');
		await start.click();
		await expect(page.getByRole('region', { name: /^(?:Lesson|课程)/ })).toBeVisible();
		await expectNamesResolved(page, 'a lesson that is played');
		const demos = readdirSync(join(BUILD, 'embed')).filter((file) => file.endsWith('.html'));
		for (const demo of demos.filter((file) => file !== 'scenario.html')) {
			await page.goto(`/embed/${demo}?lang=${locale}`);
			await expect(page.getByRole('region', { name: /^(?:Guide|指引)$/ })).toBeVisible();
			await expectNamesResolved(page, demo);
		}
	});

test('no page is wider than a window of 320 pixels', async ({ page }) => {
	const keyId = await createExternalKey(page, 'a rather long alias for a narrow window');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	await page.setViewportSize({ width: 320, height: 640 });
	for (const path of consolePages(keyId)) {
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		// rows and facts are what is wide, and they come after the frame
		await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
		const overflow = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(Math.max(overflow, 0), path).toBe(0);
	}
});

test('the language is switched without losing what was typed, and kept', async ({ page }) => {
	await page.goto('/keys/create');
	await page.getByRole('textbox', { name: 'Alias' }).fill('kept');
	await page.getByRole('combobox', { name: 'Language' }).selectOption('简体中文');
	await expect(page.getByRole('heading', { level: 1, name: '创建主密钥' })).toBeVisible();
	await expect(page.getByRole('textbox', { name: '别名' })).toHaveValue('kept');
	await page.reload();
	await expect(page.getByRole('heading', { level: 1, name: '创建主密钥' })).toBeVisible();
});

test('the theme is switched and kept', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await page.goto('/keys');
	await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	const scheme = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
	expect(scheme).toBe('dark');
});

test('a message never blocks the page: it is beside the content, or lets clicks through', async ({
	page
}) => {
	await page.goto('/keys');
	const message = page.getByRole('status').getByText('Ready to work offline');
	await message.hover();
	const content = await page.getByRole('main').boundingBox();
	const beside = await message.boundingBox();
	expect((beside?.x ?? 0) + (beside?.width ?? 0)).toBeLessThan(content?.x ?? 0);
	await page.setViewportSize({ width: 375, height: 667 });
	const isHit = await message.evaluate((text) => {
		const { x, y, width, height } = text.getBoundingClientRect();
		return text.contains(document.elementFromPoint(x + width / 2, y + height / 2));
	});
	expect(isHit).toBe(false);
});
