/** Late answers must not move existing content, or the user's click misses. */
import type { Page } from '@playwright/test';
import { createExternalKey, getParameters, moveClock, sendToWorkbench } from './console';
import { everyPage } from './page-list';
import { expect, test } from './support';

/** Every message to a worker waits its turn, so that each answer comes in a frame of its own. */
const GAP_MS = 60;
/** Without requests or shifts for this long, the page is complete. */
const QUIET_MS = 400;
/** Taller than the longest page: shifts outside the viewport aren't reported. */
const TALL_PX = 12_000;

interface Watch {
	/** Of the last request to a worker or movement; not before the first request. */
	busyAtMs: number | undefined;
	readonly moved: string[];
}

declare global {
	interface Window {
		watch: Watch;
	}
}

/** Not in the types of the browser: https://wicg.github.io/layout-instability/ */
interface LayoutShift extends PerformanceEntry {
	readonly value: number;
	readonly sources: readonly {
		readonly node: Node | null;
		readonly previousRect: DOMRectReadOnly;
		readonly currentRect: DOMRectReadOnly;
	}[];
}

async function watchMovements(page: Page): Promise<void> {
	await page.addInitScript((gapMs) => {
		const watch: Watch = { busyAtMs: undefined, moved: [] };
		window.watch = watch;
		// eslint-disable-next-line @typescript-eslint/unbound-method -- called on the worker that it is called on
		const post = Worker.prototype.postMessage as (...args: readonly unknown[]) => void;
		Worker.prototype.postMessage = function (this: Worker, ...args: readonly unknown[]) {
			const atMs = Math.max(performance.now(), (watch.busyAtMs ?? 0) + gapMs);
			watch.busyAtMs = atMs;
			setTimeout(() => {
				post.apply(this, [...args]);
			}, atMs - performance.now());
		};
		const describe = (node: Node | null) => {
			const element = node instanceof Element ? node : node?.parentElement;
			const text = element?.textContent.trim().replace(/\s+/g, ' ').slice(0, 40) ?? '';
			return `${element?.tagName.toLowerCase() ?? 'something'} “${text}”`;
		};
		const at = ({ x, y }: DOMRectReadOnly) => `${String(Math.round(x))}, ${String(Math.round(y))}`;
		const isNothing = (node: Node | null) =>
			node instanceof Element && node.closest('.toasts, .skeleton') !== null;
		new PerformanceObserver((list) => {
			if (watch.busyAtMs !== undefined)
				watch.busyAtMs = Math.max(watch.busyAtMs, performance.now());
			for (const { sources } of list.getEntries() as LayoutShift[])
				for (const { node, previousRect, currentRect } of sources)
					// a click aims neither at a message over the page nor at a skeleton of text
					if (!isNothing(node))
						watch.moved.push(`${describe(node)}: ${at(previousRect)} → ${at(currentRect)}`);
		}).observe({ type: 'layout-shift', buffered: true });
	}, GAP_MS);
}

async function expectStill(page: Page, where: string): Promise<void> {
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	const isQuiet = () =>
		page.waitForFunction((quietMs) => {
			const { busyAtMs } = window.watch;
			return busyAtMs !== undefined && performance.now() - busyAtMs > quietMs;
		}, QUIET_MS);
	await isQuiet();
	await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
	await isQuiet();
	expect.soft(await page.evaluate(() => window.watch.moved.splice(0)), where).toEqual([]);
}

/** A CMK with a call and its files in the workbench. @returns its ID */
async function prepare(page: Page): Promise<string> {
	await page.setViewportSize({ width: 1280, height: TALL_PX });
	const keyId = await createExternalKey(page, 'still');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	await sendToWorkbench(page);
	return keyId;
}

// Firefox doesn't report layout shifts
test('nothing moves when the answers to a page come one by one @chromium', async ({ page }) => {
	const keyId = await prepare(page);
	// time changes texts by itself; a clock that was moved is wider
	await moveClock(page, 'Freeze');
	await watchMovements(page);
	for (const path of [`/keys/${keyId}/parameters`, '/keys', '/audit', '/sandbox']) {
		await page.goto(path);
		await expectStill(page, path);
	}
	await page.goto(`/keys/${keyId}/import`);
	await expectStill(page, 'the form');
	await page
		.getByRole('navigation', { name: 'Breadcrumbs' })
		.getByRole('link', { name: 'Key Detail' })
		.click();
	await expect(page.getByRole('region', { name: 'Facts' })).toBeVisible();
	await expectStill(page, 'Key Detail by a link');
	await page.reload();
	await expectStill(page, 'Key Detail by its address');
});

/** Of the window, for all movements together: https://web.dev/articles/cls has 0.1 as the limit of what is good. */
const MOST_FOR_A_FONT = 0.01;

for (const path of ['/', '/keys/create', '/learn', '/learn/exam', '/proof'])
	for (const width of [375, 1280])
		test(`hardly anything moves when the font of ${path} comes late, in a window of ${String(width)} pixels @all @chromium`, async ({
			page,
			ownApp
		}) => {
			await page.setViewportSize({ width, height: 900 });
			await watchMovements(page);
			ownApp.hold(/\.woff2$/);
			// a page is loaded when its font is
			await page.goto(ownApp.origin + path, { waitUntil: 'domcontentloaded' });
			await expectStill(page, path);
			const hasFont = () => page.evaluate(() => document.fonts.check('16px Hyperlegible'));
			expect(await hasFont()).toBe(false);
			const moved = await page.evaluateHandle(() => {
				const sum = { shares: 0 };
				new PerformanceObserver((list) => {
					for (const entry of list.getEntries() as LayoutShift[]) sum.shares += entry.value;
				}).observe({ type: 'layout-shift' });
				return sum;
			});
			ownApp.restore();
			await expect.poll(hasFont).toBe(true);
			await page.evaluate(
				() =>
					new Promise((resolve) => {
						requestAnimationFrame(() => {
							requestAnimationFrame(resolve);
						});
					})
			);
			expect(await moved.evaluate(({ shares }) => shares)).toBeLessThan(MOST_FOR_A_FONT);
		});

test('Back and reload restore the scroll position', async ({ page }) => {
	const keyId = await createExternalKey(page, 'scrolled');
	for (const path of [`/keys/${keyId}`, '/sandbox', '/learn']) {
		await page.goto(path);
		const scrolled = () =>
			page.evaluate(() => {
				scrollTo(0, 400);
				return scrollY;
			});
		await expect.poll(scrolled, path).toBe(400);
		await page.reload();
		await expect.poll(() => page.evaluate(() => scrollY), `${path}, reloaded`).toBe(400);
		// a pointer of the driver would scroll to the link first
		await page
			.getByRole('banner')
			.getByRole('link', { name: 'KMS Import Sandbox' })
			.dispatchEvent('click');
		await expect(page).toHaveURL('/');
		await page.goBack();
		await expect.poll(() => page.evaluate(() => scrollY), `${path}, by Back`).toBe(400);
	}
});

// Firefox doesn't report layout shifts
test('nothing moves while a long page arrives in pieces @all @chromium', async ({
	ownApp,
	page
}) => {
	ownApp.inPieces('proof', /<\/svg>/);
	await page.setViewportSize({ width: 1000, height: TALL_PX });
	await watchMovements(page);
	await page.goto(`${ownApp.origin}/proof`);
	await expectStill(page, '/proof');
});

for (const width of [375, 1000])
	test(
		`nothing moves on any page in a window of ${String(width)} pixels`,
		{ tag: ['@all', '@chromium'] },
		async ({ page }) => {
			const keyId = await prepare(page);
			await page.clock.setFixedTime(new Date());
			await page.setViewportSize({ width, height: TALL_PX });
			await watchMovements(page);
			for (const path of everyPage(keyId)) {
				await page.goto(path);
				await expectStill(page, path);
			}
		}
	);
