/** How large what is clicked or touched is: in the app by the width of its window, in a demo by the pointer. */
import { devices, type Page } from '@playwright/test';
import { createExternalKey, getParameters, sendToWorkbench } from './console';
import { everyPage } from './page-list';
import { expect, test } from './support';

/** Taller than the longest page: nothing is hit outside the window. */
const TALL_PX = 12_000;

/** @returns each target that is lower, with its height: what a pointer hits of it, from its middle up and down */
const lowerThan = (page: Page, px: number): Promise<string[]> =>
	page.evaluate((least) => {
		const isSentence = (link: Element) =>
			link.matches('a') &&
			getComputedStyle(link).display === 'inline' &&
			[...(link.parentElement?.childNodes ?? [])].some(
				(node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()
			);
		/** A skip link before it has the focus; the head of a table that is for screen readers alone. */
		const isClipped = (target: Element): boolean =>
			getComputedStyle(target).clipPath !== 'none' ||
			(target.parentElement !== null && isClipped(target.parentElement));
		const targets = [
			...document.querySelectorAll<HTMLElement>(
				'a[href], button, summary, select, textarea, input:not([type="file"], [hidden])'
			)
		];
		return targets.flatMap((target) => {
			if (!target.checkVisibility() || isSentence(target) || isClipped(target)) return [];
			const { x, y, width, height } = target.getBoundingClientRect();
			const label = (target as HTMLInputElement).labels?.[0];
			const isHit = (at: number) => {
				const hit = document.elementFromPoint(x + width / 2, at);
				return hit !== null && (target.contains(hit) || (label?.contains(hit) ?? false));
			};
			const middle = y + height / 2;
			const reach = (by: 1 | -1) => {
				let steps = 0;
				while (steps < least && isHit(middle + by * (steps + 0.5))) steps++;
				return steps;
			};
			const found = reach(1) + reach(-1);
			const name = `${target.tagName.toLowerCase()} “${(target.getAttribute('aria-label') ?? target.textContent).trim().slice(0, 40)}”`;
			// half pixels at both ends
			return found >= least - 1 ? [] : [`${name}: ${String(found)} px`];
		});
	}, px);

for (const { width, least } of [
	{ width: 375, least: 44 },
	{ width: 1280, least: 28 }
])
	test(`each target of each page is ${String(least)} px high in a window of ${String(width)} @all @chromium`, async ({
		page
	}) => {
		await page.setViewportSize({ width: 1280, height: TALL_PX });
		const keyId = await createExternalKey(page, 'targets');
		await getParameters(page, 'RSAES_OAEP_SHA_256');
		await sendToWorkbench(page);
		await page.setViewportSize({ width, height: TALL_PX });
		for (const path of everyPage(keyId)) {
			await page.goto(path);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
			expect.soft(await lowerThan(page, least), path).toEqual([]);
		}
	});

// Firefox has no touch screen here
test('a demo in a narrow frame has low controls with a mouse, and high ones on a touch screen @chromium', async ({
	page,
	browser,
	baseURL
}) => {
	const heightIn = async (tab: Page) => {
		await tab.goto('/embed/upload.html?lang=en');
		const box = await tab.getByRole('button', { name: 'Confirm' }).boundingBox();
		return box?.height;
	};
	await page.setViewportSize({ width: 375, height: 800 });
	expect(await heightIn(page)).toBe(32);
	const context = await browser.newContext({ ...devices['Pixel 7'], baseURL: baseURL ?? '' });
	expect(await heightIn(await context.newPage())).toBe(44);
	await context.close();
});
