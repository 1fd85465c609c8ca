/** What the element does beside its demo: its poster, print, mistakes of the page's author, and a demo that does not come. */
import type { KmsDemoElement } from '../../src/lib/embed/loader/types/kms-demo.d.ts';
import { codeFor, demoIn, expect, expectReady, policyFor, test } from './embed-host';

const LINK = 'The steps as text';
const LIGHT = 'rgb(255, 254, 254)';
const DARK = 'rgb(25, 25, 30)';

const withLink = (code: string) =>
	code.replace('</kms-demo>', `<a href="#">${LINK}</a></kms-demo>`);

// Firefox's driver doesn't emulate print
test('the element’s content is printed before and after its demo starts @chromium', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('print', {
			body: withLink(codeFor('element', app, 'upload')),
			policy: policyFor('element', app)
		})
	);
	const link = page.getByRole('link', { name: LINK });
	const element = page.locator('kms-demo');
	const expectPrinted = async () => {
		await page.emulateMedia({ media: 'print' });
		await expect(link).toBeVisible();
		const height = (await element.boundingBox())?.height ?? 0;
		// not the room of the demo; the page around lets the link float
		expect(height).toBeLessThan(1000);
		await page.emulateMedia({ media: 'screen' });
		await expect(link).toBeHidden();
	};
	await expectPrinted();
	await element.getByRole('button').click();
	await expectReady(demoIn(page, 'upload'));
	await expectPrinted();
});

test('a name that no demo has: one message that names it, and nothing is loading any more', async ({
	page,
	host,
	app,
	problems
}) => {
	await page.goto(
		host.put('name', {
			body: withLink(codeFor('element', app, 'upload').replace('"upload"', '"uplaod"')),
			policy: policyFor('element', app)
		})
	);
	const element = page.locator('kms-demo');
	await expect(element).toHaveAttribute('scenario', 'uplaod');
	const message = element.evaluate(
		(demo) =>
			new Promise<string>((resolve) => {
				(demo as KmsDemoElement).addEventListener('error', ({ detail }) => {
					resolve(detail.message);
				});
			})
	);
	await element.getByRole('button').click();
	await expect(element.getByRole('status')).toBeVisible();
	// before twenty seconds are over
	await expect(element.getByRole('alert')).toBeVisible({ timeout: 12_000 });
	await expect(element.getByRole('status')).toHaveCount(0);
	await expect(page.getByRole('link', { name: LINK })).toBeVisible();
	expect(await message).toContain('a demo "uplaod"');
	expect(await message).toContain('frame-src');
	// what the frame could not load
	problems.length = 0;
});

test('the poster says what it is at the top of its room', async ({ page, host, app }) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await page.goto(
		host.put('top', {
			body: codeFor('element', app, 'upload'),
			policy: policyFor('element', app)
		})
	);
	const top = (await page.locator('kms-demo').boundingBox())?.y ?? 0;
	const begin = await page.getByText('Start the demo').boundingBox();
	expect((begin?.y ?? Infinity) + (begin?.height ?? 0) - top).toBeLessThan(200);
});

for (const reader of ['light', 'dark'] as const)
	test(`the poster has the theme that was asked for, or the reader's: ${reader}${reader === 'dark' ? ' @chromium' : ''}`, async ({
		page,
		host,
		app
	}) => {
		await page.emulateMedia({ colorScheme: reader });
		await page.goto(
			host.put('theme', {
				body: ['', 'theme="light"', 'theme="dark"', 'theme="auto"']
					.map((theme) => codeFor('element', app, 'upload', `${theme} data-poster`))
					.join(''),
				policy: policyFor('element', app)
			})
		);
		const button = page.locator('kms-demo').getByRole('button');
		await expect(button).toHaveCount(4);
		const colours = await button.evaluateAll((all) =>
			all.map((one) => getComputedStyle(one).backgroundColor)
		);
		const own = reader === 'dark' ? DARK : LIGHT;
		expect(colours).toEqual([own, LIGHT, DARK, own]);
	});

test('the frame has the border of its poster, and all the room', async ({ page, host, app }) => {
	await page.goto(
		host.put('border', {
			body: codeFor('element', app, 'upload'),
			policy: policyFor('element', app)
		})
	);
	const poster = page.locator('kms-demo').getByRole('button');
	const edge = await poster.evaluate((element) => {
		const { borderTopColor, borderTopWidth, borderRadius } = getComputedStyle(element);
		return [borderTopColor, borderTopWidth, borderRadius];
	});
	const room = await poster.boundingBox();
	await poster.click();
	const frame = page.locator('iframe');
	await expectReady(demoIn(page, 'upload'));
	expect(
		await frame.evaluate((element) => {
			const { outlineColor, outlineWidth, borderRadius } = getComputedStyle(element);
			return [outlineColor, outlineWidth, borderRadius];
		})
	).toEqual(edge);
	expect(await frame.boundingBox()).toMatchObject({ x: room?.x, width: room?.width });
	await expect(frame).toHaveCSS('opacity', '1');
});

test('a call with a wrong argument is refused at once, and says what it takes', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('arguments', {
			body: codeFor('element', app, 'upload'),
			policy: policyFor('element', app)
		})
	);
	const reasons = await page.locator('kms-demo').evaluate((element) => {
		const demo = element as KmsDemoElement;
		const setClock = demo.setClock.bind(demo) as (move: unknown) => Promise<void>;
		const goTo = demo.goTo.bind(demo) as (step: unknown) => Promise<void>;
		return Promise.all(
			[
				setClock({ foo: 1 }),
				setClock(undefined),
				setClock({ to: 'soon' }),
				goTo(-1),
				goTo('1')
			].map((call) => call.then(String, String))
		);
	});
	const [clock, step] = [
		/^TypeError: kms-demo: setClock takes/,
		/^TypeError: kms-demo: goTo takes/
	];
	expect(reasons).toEqual(
		[clock, clock, clock, step, step].map((form) => expect.stringMatching(form))
	);
	// nothing was started for it
	await expect(page.locator('iframe')).toHaveCount(0);
});

test('an element without a scenario says so, to who listens after it is in the page', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('none', {
			body: codeFor('element', app, 'upload'),
			policy: policyFor('element', app)
		})
	);
	const [code, message] = await page.evaluate(
		() =>
			new Promise<string[]>((resolve) => {
				const demo = document.createElement('kms-demo');
				demo.setAttribute('start', 'now');
				document.body.append(demo);
				demo.addEventListener('error', ({ detail }) => {
					resolve([detail.code, detail.message]);
				});
			})
	);
	expect(code).toBe('Parameters');
	expect(message).toContain('"scenario"');
	await expect(page.getByRole('alert')).toBeVisible();
});

test('values that are passed over are warned of, once each', async ({
	page,
	host,
	app,
	problems
}) => {
	await page.goto(
		host.put('values', {
			body: ['lang="fr" height="abc" start="onload"', 'lang="fr" start="visible" height="300"']
				.map((attributes) => `<kms-demo scenario="upload" ${attributes}></kms-demo>`)
				.join(''),
			policy: policyFor('element', app)
		})
	);
	await page.addScriptTag({ url: `${app}/embed/kms-demo.js` });
	await expect
		.poll(() => problems.filter((problem) => problem.startsWith('kms-demo:')))
		.toEqual([
			'kms-demo: lang="fr": use en or zh-CN',
			'kms-demo: height="abc": use a number',
			'kms-demo: start="onload": use click, visible or now'
		]);
	problems.length = 0;
});
