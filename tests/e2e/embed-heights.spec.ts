/** The heights that a help page reserves for the demos of the procedure, against what the demos need while they are done. */
import type { Page } from '@playwright/test';
import { reservedHeight } from '../../src/lib/embed/heights';
import { STEP_DEMOS } from '../../src/lib/embed/parameters';
import { expect, test } from './support';

type Step = (page: Page) => Promise<void>;

const press =
	(name: string): Step =>
	(page) =>
		page.getByRole('button', { name, exact: true }).press('Enter');
const diagnosed: Step = (page) =>
	expect(page.getByRole('alert').getByText('Diagnosis', { exact: true })).toBeVisible();
/** All that is shown of a CMK comes later. */
const key: Step = (page) =>
	expect(page.getByRole('button', { name: '+24 h', exact: true })).toBeVisible();
const done: Step = (page) => expect(page.getByText('Done: every goal is reached.')).toBeVisible();
const fill =
	(field: string, text: string): Step =>
	(page) =>
		page.getByRole('textbox', { name: field }).first().fill(text);
const choose =
	(field: string, file: RegExp): Step =>
	async (page) => {
		const select = page.getByRole('group', { name: field }).getByRole('combobox');
		const name = await select.getByRole('option', { name: file }).first().textContent();
		await select.selectOption({ label: name?.trim() ?? '' });
		await expect(page.getByRole('group', { name: field })).toContainText('bytes');
	};

/** How a reader does it, with a refusal where the service has one to give. */
const JOBS: Readonly<Record<(typeof STEP_DEMOS)[number], readonly Step[]>> = {
	create: [
		(page) => page.getByRole('checkbox', { name: /I understand/ }).check(),
		press('Create key'),
		done,
		key
	],
	parameters: [press('Get parameters'), press('Send to workbench'), done],
	encrypt: [press('Encrypt'), done],
	upload: [
		choose('Encrypt key files', /^ImportToken/),
		choose('Import Token', /^ImportToken/),
		press('Confirm'),
		diagnosed,
		choose('Encrypt key files', /^EncryptedKeyMaterial/),
		press('Confirm'),
		done
	],
	expiry: [
		key,
		(page) => page.getByRole('radio', { name: /^PENDING_IMPORT/ }).check(),
		press('Answer'),
		press('+24 h'),
		done,
		(page) => expect(page.getByText(/deadline/).first()).toBeVisible()
	],
	use: [
		fill('Plaintext', 'Order 2026-0307: paid'),
		press('Encrypt'),
		press('Put into Decrypt'),
		press('Decrypt'),
		done,
		fill('Ciphertext', 'AAAA'),
		press('Decrypt'),
		diagnosed
	]
};

/** As high as before for this long: what comes late has come. */
const QUIET_MS = 300;

/** What is reserved, against what is needed: a message that is there for a moment is not in every measurement. */
const MOST = 1.16;

async function watchHeight(
	page: Page
): Promise<{ quiet: () => Promise<unknown>; highest: () => Promise<number> }> {
	const watched = await page.getByRole('main').evaluateHandle((demo) => {
		const found = { highest: 0, changedAtMs: performance.now() };
		new ResizeObserver(() => {
			found.highest = Math.max(found.highest, Math.ceil(demo.getBoundingClientRect().height));
			found.changedAtMs = performance.now();
		}).observe(demo);
		return found;
	});
	return {
		quiet: () =>
			page.waitForFunction(
				([{ changedAtMs }, quietMs]) => performance.now() - changedAtMs > quietMs,
				[watched, QUIET_MS] as const
			),
		highest: () => watched.evaluate(({ highest }) => highest)
	};
}

for (const name of STEP_DEMOS)
	for (const { width, height } of reservedHeight({ kind: 'step', name }))
		// fonts differ between the browsers
		test(`the demo ${name} needs the height that is reserved for it: ${String(width)} pixels wide @all @chromium`, async ({
			page
		}) => {
			await page.setViewportSize({ width, height: 800 });
			await page.goto(`/embed/${name}.html?lang=en`);
			await expect(page.getByRole('region', { name: 'Guide' })).toBeVisible();
			const { quiet, highest } = await watchHeight(page);
			await quiet();
			for (const step of JOBS[name]) {
				await step(page);
				await quiet();
			}
			const needed = await highest();
			expect(height).toBeGreaterThanOrEqual(needed);
			expect(height).toBeLessThan(needed * MOST);
		});
