/** The sandbox's clock by keyboard, in two tabs, and one step back. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import {
	createExternalKey,
	expectStatus,
	getParameters,
	moveClock,
	openClock,
	tabTo
} from './console';
import { expect, test } from './support';

const DAY_S = 24 * 3600;

const bar = (page: Page): Locator => page.getByRole('group', { name: 'Sandbox time' });
const barTime = (page: Page): Locator => bar(page).getByRole('time');

/** The instant in the bar, in seconds. */
async function secondsInBar(page: Page): Promise<number> {
	return Math.floor(Date.parse((await barTime(page).getAttribute('datetime')) ?? '') / 1000);
}

async function press(page: Page, target: Locator): Promise<void> {
	await tabTo(page, target);
	await page.keyboard.press('Enter');
}

test('by keyboard only: freeze, a day ahead, on to the next event, and no way back past the log @all', async ({
	page
}) => {
	await createExternalKey(page, 'clockwork');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	const panel = page.getByRole('dialog', { name: 'Sandbox clock' });
	const said = panel.getByRole('status');
	const button = (name: string) => panel.getByRole('button', { name, exact: true });

	await press(page, page.getByRole('button', { name: 'Sandbox clock' }));
	await press(page, button('Freeze'));
	await expect(said).toContainText('The clock stands still.');
	await expect(bar(page)).toContainText('Frozen');

	const token = panel.getByRole('listitem').filter({ hasText: 'Import Token of call 1 expires' });
	await press(page, token.getByRole('button', { name: 'To one second before, and freeze' }));
	await expect(token).toContainText('in 1 s');
	const beforeS = await secondsInBar(page);
	await press(page, token.getByRole('button', { name: 'To the event' }));
	await expect(said).toContainText('1 deadline passed on the way.');
	await expect.poll(async () => (await secondsInBar(page)) - beforeS).toBe(1);
	await expect(panel).toContainText('Nothing is due.');

	await press(page, button('+24 h'));
	await expect.poll(async () => (await secondsInBar(page)) - beforeS).toBe(DAY_S + 1);
	await page.keyboard.press('Escape');
	await expect(panel).toBeHidden();
	await expect(page.getByRole('button', { name: 'Sandbox clock' })).toBeFocused();

	await press(page, page.getByRole('button', { name: 'Get parameters' }));
	await expect(page.getByRole('group', { name: 'Import Token' })).toHaveCount(1);
	await press(page, page.getByRole('button', { name: 'Sandbox clock' }));
	await press(page, button('Back to real time'));
	await expect(said).toContainText('time does not run backwards past it');
	await expect(said).toContainText('Undo doesn’t help');
	expect((await secondsInBar(page)) - beforeS).toBe(DAY_S + 1);
	await press(page, button('Run'));
	await expect(said).toContainText('It is now');
	await expect(bar(page)).toContainText('Moved');
});

test('two tabs tell the same time, and no countdown runs while it is frozen @all', async ({
	page,
	context
}) => {
	await createExternalKey(page, 'seen twice');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	const other = await context.newPage();
	await other.goto(page.url());
	await moveClock(page, 'Freeze');
	await moveClock(page, '+1 h');

	await expect(bar(other)).toContainText('Frozen');
	await expect.poll(() => secondsInBar(other)).toBe(await secondsInBar(page));
	const countdown = other.getByRole('main').getByRole('time').filter({ hasText: /^in / }).first();
	await expect(countdown).toContainText(/in (?:22 h 59|23 h 0) min/);
	const standing = [await countdown.textContent(), await barTime(other).textContent()];
	// two ticks of the page's clock, seen by the one thing on it that goes on: the time outside the sandbox
	const startMs = await other.evaluate(() => Date.now());
	await other.waitForFunction((fromMs) => Date.now() - fromMs > 2200, startMs);
	expect([await countdown.textContent(), await barTime(other).textContent()]).toEqual(standing);

	await moveClock(other, 'Run');
	await expect(bar(page)).not.toContainText('Frozen');
	const runningS = await secondsInBar(page);
	await expect.poll(() => secondsInBar(page)).toBeGreaterThan(runningS);
});

test.describe('in Shanghai', () => {
	test.use({ timezoneId: 'Asia/Shanghai' });

	test('a date is picked in the zone of the browser, and one behind the log names the way back @all', async ({
		page
	}) => {
		await createExternalKey(page, 'dated');
		const panel = await openClock(page);
		await expect(panel).toContainText('In your time zone, Asia/Shanghai (GMT+8).');
		await panel.getByLabel('Set to a date and time').fill('2040-02-29T12:00:01');
		await panel.getByRole('button', { name: 'Set', exact: true }).click();
		await expect(panel.getByRole('status')).toContainText('It is now 2040-02-29 12:00:0');
		await expect(barTime(page)).toHaveAttribute('datetime', /^2040-02-29T04:00:0/);

		await panel.getByLabel('Set to a date and time').fill('2020-01-01T00:00:01');
		await panel.getByRole('button', { name: 'Set', exact: true }).click();
		await expect(panel.getByRole('status')).toContainText('2020-01-01 00:00:01 GMT+8 is earlier');
		await panel.getByRole('button', { name: 'Go back to the latest event' }).click();
		await expect(panel.getByRole('status')).toContainText('It is now');
	});
});

test('the last operation is undone from the bar, which then offers nothing more @all', async ({
	page
}) => {
	await createExternalKey(page, 'a mistake');
	await page.getByRole('banner').getByRole('button', { name: 'Undo CreateCmk' }).click();
	await expect(page.getByText('CreateCmk was taken back.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'This sandbox has no such CMK' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Undo CreateCmk' })).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Sandbox clock' })).toBeFocused();
});

test('the date behind a countdown is there for the keyboard, and goes with Escape @all', async ({
	page
}) => {
	await createExternalKey(page, 'dates');
	await getParameters(page, 'RSAES_OAEP_SHA_256');
	await page.getByRole('link', { name: 'Key Detail' }).click();
	await expectStatus(page, 'PENDING_IMPORT');
	const countdown = page.getByRole('main').getByRole('time').filter({ hasText: /^in / }).first();
	const date = await countdown.getAttribute('title');
	// the timeline counts down to the same date, further down
	const tip = page.getByText(date ?? '', { exact: true }).first();
	await expect(tip).toBeHidden();
	await tabTo(page, countdown);
	await expect(tip).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(tip).toBeHidden();
});

for (const width of [320, 1280])
	test(`the clock is accessible in either theme and fits ${String(width)} pixels @all`, async ({
		page
	}) => {
		await createExternalKey(page, 'narrow');
		await getParameters(page, 'RSAES_OAEP_SHA_256');
		await page.setViewportSize({ width, height: 700 });
		await moveClock(page, 'Freeze');
		await moveClock(page, '+7 d');
		const panel = await openClock(page);
		const box = await panel.boundingBox();
		expect(box?.x).toBeGreaterThanOrEqual(0);
		expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations, colorScheme).toEqual([]);
		}
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			width
		);
	});
