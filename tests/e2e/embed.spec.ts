/** Demos in another site's pages, from a second origin with a strict policy: one, three on a page, and with few permissions. */
import type { Page } from '@playwright/test';
import type { KmsDemoElement, KmsDemoState } from '../../src/lib/embed/loader/types/kms-demo.d.ts';
import { codeFor, demoIn, expect, expectReady, policyFor, test } from './embed-host';
import {
	chooseFiles,
	doCreate,
	doParameters,
	doUpload,
	doWholeImport,
	importChosenFiles
} from './embed-jobs';

const start = (page: Page, title: string) =>
	page.getByRole('button', { name: `${title} Start the demo` }).click();

interface Heard {
	readonly demo: string;
	readonly type: string;
	readonly detail: Record<string, unknown>;
}

const EVENTS = ['ready', 'step', 'refused', 'goal', 'complete', 'resize', 'xapi', 'error'];

/** Listens as a host's script would, before the demos start; the policy keeps scripts of the host out of its markup. */
async function listen(page: Page): Promise<() => Promise<Heard[]>> {
	const heard = await page.evaluateHandle((types) => {
		const all: Heard[] = [];
		for (const demo of document.querySelectorAll('kms-demo'))
			for (const type of types)
				demo.addEventListener(type, (event) => {
					all.push({
						demo: demo.title,
						type,
						detail: (event as CustomEvent<Heard['detail']>).detail
					});
				});
		return all;
	}, EVENTS);
	return () => heard.jsonValue();
}

/** The layout shift of the page after late content (only Chromium reports it). */
const watchShifts = async (page: Page): Promise<() => Promise<number>> => {
	await page.addInitScript(() => {
		const shifts: number[] = [];
		Object.assign(globalThis, { shifts });
		if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries())
				shifts.push((entry as unknown as { readonly value: number }).value);
		}).observe({ type: 'layout-shift', buffered: true });
	});
	return () =>
		page.evaluate(() =>
			(globalThis as unknown as { readonly shifts: number[] }).shifts.reduce((a, b) => a + b, 0)
		);
};

const stateOf = (page: Page, title: string): Promise<KmsDemoState> =>
	page
		.getByTitle(title)
		.first()
		.evaluate((demo) => (demo as KmsDemoElement).getState());

test('the main job is done in a bare iframe, with no script of the page around @firefox', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('bare', {
			body: codeFor('iframe', app, 'first-import'),
			policy: policyFor('iframe', app)
		})
	);
	await doWholeImport(demoIn(page, 'first-import'));
});

test('the main job is done in the element: its page gets the events, and does not move or look different @firefox', async ({
	page,
	host,
	app,
	browserName
}) => {
	const shifts = await watchShifts(page);
	await page.setViewportSize({ width: 1100, height: 2900 });
	await page.goto(
		host.put('one', {
			body: codeFor('element', app, 'first-import'),
			policy: policyFor('element', app)
		})
	);
	const heard = await listen(page);
	const box = page.locator('kms-demo');
	// in Firefox the driver's own style sheet would be a breach of the policy; positions are compared there
	const isChromium = browserName === 'chromium';
	const around = async (): Promise<Buffer> =>
		isChromium
			? page.screenshot({ mask: [box], fullPage: true, caret: 'initial' })
			: Buffer.from(
					JSON.stringify([
						await page.getByRole('heading', { name: 'What comes next' }).boundingBox(),
						await box.boundingBox()
					])
				);
	const before = await around();
	await start(page, 'first-import');
	const demo = demoIn(page, 'first-import');
	await expectReady(demo);
	await doWholeImport(demo);
	if (isChromium) expect(await shifts()).toBe(0);
	await page.mouse.move(0, 0);
	expect((await around()).equals(before)).toBe(true);

	await expect
		.poll(async () => JSON.stringify((await heard()).flatMap(({ detail }) => detail['statement'])))
		.toContain('/completed');
	const events = await heard();
	const details = (type: string) => events.flatMap((e) => (e.type === type ? [e.detail] : []));
	expect(details('ready')).toEqual([
		{ scenario: 'first-import', locale: 'en', steps: 7, storage: 'memory' }
	]);
	expect(details('goal').map(({ met, all }) => [met, all])).toEqual(
		[1, 2, 3, 4, 5, 6].map((met) => [met, 6])
	);
	expect(details('complete')).toEqual([
		{ ms: expect.any(Number) as unknown as number, hints: 0, mistakes: 0, credit: true }
	]);
	expect(details('step').length).toBeGreaterThan(3);
	expect(details('resize').length).toBeGreaterThan(0);
	const verbs = details('xapi').map(
		({ statement }) => (statement as { readonly verb: { readonly id: string } }).verb.id
	);
	expect(verbs[0]).toMatch(/initialized$/);
	expect(verbs.at(-1)).toMatch(/completed$/);
	expect(details('error')).toEqual([]);
	expect(await stateOf(page, 'first-import')).toMatchObject({
		complete: true,
		keys: [{ state: 'ENABLED', origin: 'EXTERNAL' }]
	});
});

test('three demos on one page do not touch each other, nor what the console keeps @firefox', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('three', {
			body: ['create', 'parameters', 'upload']
				.map((name) => codeFor('element', app, name))
				.join('<p>Next.</p>'),
			policy: policyFor('element', app)
		})
	);
	const heard = await listen(page);
	for (const title of ['create', 'parameters', 'upload']) {
		await page.getByRole('button', { name: `${title} Start the demo` }).press('Enter');
		await expectReady(demoIn(page, title));
	}
	await doUpload(demoIn(page, 'upload'));
	await doCreate(demoIn(page, 'create'));
	await doParameters(demoIn(page, 'parameters'));
	await expect
		.poll(async () =>
			(await heard()).flatMap(({ demo, type }) => (type === 'complete' ? [demo] : []))
		)
		.toEqual(['upload', 'create', 'parameters']);
	const keys = async (title: string) => (await stateOf(page, title)).keys.map(({ state }) => state);
	expect(await keys('create')).toEqual(['PENDING_IMPORT']);
	expect(await keys('parameters')).toEqual(['PENDING_IMPORT']);
	expect(await keys('upload')).toEqual(['ENABLED']);
	await page.goto(`${app}/keys`);
	await expect(page.getByRole('heading', { name: 'Customer management key' })).toBeVisible();
	await expect(page.getByText('PENDING_IMPORT')).toHaveCount(0);
});

test('the element keeps room, grows with its demo, and shrinks only when it begins again @firefox', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('height', {
			body: codeFor('element', app, 'upload', 'height="200"'),
			policy: policyFor('element', app)
		})
	);
	const box = page.locator('kms-demo');
	const height = async () => (await box.boundingBox())?.height ?? 0;
	expect(await height()).toBe(200);
	await start(page, 'upload');
	const demo = demoIn(page, 'upload');
	await expectReady(demo);
	await expect.poll(height).toBeGreaterThan(300);
	const scrolled = () =>
		demo
			.getByRole('heading', { level: 1 })
			.evaluate(
				({ ownerDocument: { documentElement: root } }) => root.scrollHeight - root.clientHeight
			);
	expect(await scrolled()).toBe(0);
	const atFirst = await height();
	await chooseFiles(demo);
	// a demo that is done is shorter than its form
	await expect.poll(height).toBeGreaterThan(atFirst);
	const longest = await height();
	await importChosenFiles(demo);
	expect(await height()).toBeGreaterThanOrEqual(longest);
	const atLast = await height();
	await page
		.getByTitle('upload')
		.first()
		.evaluate((element) => (element as KmsDemoElement).reset());
	await expect.poll(height).toBeLessThan(atLast);
	await expect.poll(scrolled).toBe(0);
});

test('an empty property value from a framework removes its attribute', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('properties', {
			body: codeFor('element', app, 'upload', 'exam parts="upload"'),
			policy: policyFor('element', app)
		})
	);
	const left = await page.locator('kms-demo').evaluate((element) => {
		const names = ['exam', 'height', 'parts'];
		return [undefined, null].map((value) => {
			for (const name of names) Reflect.set(element, name, value);
			const found = names.filter((name) => element.hasAttribute(name));
			Object.assign(element, { exam: true, height: 300, parts: 'upload' });
			return found;
		});
	});
	expect(left).toEqual([[], []]);
	await expect(page.locator('kms-demo')).toHaveAttribute('height', '300');
	await expect(page.locator('kms-demo')).toHaveAttribute('exam', '');
});

test('a demo that cannot start answers each call immediately with the reason', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('fault', {
			body: codeFor('element', app, 'upload', 'parts="garden"'),
			policy: policyFor('element', app)
		})
	);
	const heard = await listen(page);
	const reasons = await page
		.getByTitle('upload')
		.first()
		.evaluate(async (found) => {
			const demo = found as KmsDemoElement;
			const reason = (call: Promise<unknown>) => call.then(String, String);
			const early = await Promise.all([reason(demo.getState()), reason(demo.reset())]);
			return [...early, await reason(demo.goTo(0))];
		});
	const [fault] = (await heard()).filter(({ type }) => type === 'error');
	expect(fault?.detail).toMatchObject({ code: 'Parameters' });
	expect(reasons).toEqual(
		Array.from({ length: 3 }, () => `Error: kms-demo: ${String(fault?.detail['message'])}`)
	);
});

test('the host calls: state, a step, the clock, and a new beginning @firefox', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('calls', {
			body: codeFor('element', app, 'create', 'start="visible"'),
			policy: policyFor('element', app)
		})
	);
	const demo = demoIn(page, 'create');
	await expectReady(demo);
	await doCreate(demo);
	const before = await stateOf(page, 'create');
	expect(before).toMatchObject({ scenario: 'create', complete: true });
	const call = page.getByTitle('create').first();
	await call.evaluate((element) => (element as KmsDemoElement).setClock({ hours: 48 }));
	const later = await stateOf(page, 'create');
	expect(later.nowMs - before.nowMs).toBeGreaterThanOrEqual(48 * 3_600_000);
	await call.evaluate((element) => (element as KmsDemoElement).goTo(0));
	const refused = call.evaluate((element) => (element as KmsDemoElement).goTo(99));
	await expect(refused).rejects.toThrow('NoSuchStep');
	await call.evaluate((element) => (element as KmsDemoElement).reset());
	expect(await stateOf(page, 'create')).toMatchObject({ complete: false, keys: [] });
});

test('without an origin: the main job in a frame that is allowed scripts and nothing more @firefox', async ({
	page,
	host,
	app
}) => {
	await page.goto(
		host.put('opaque', {
			body: codeFor('element', app, 'first-import', 'sandbox="allow-scripts"'),
			policy: policyFor('element', app)
		})
	);
	const heard = await listen(page);
	await start(page, 'first-import');
	await doWholeImport(demoIn(page, 'first-import'));
	await expect.poll(async () => (await heard()).map(({ type }) => type)).toContain('complete');
	expect(await stateOf(page, 'first-import')).toMatchObject({ complete: true });
});

test('a bare iframe without an origin', async ({ page, host, app }) => {
	await page.goto(
		host.put('bare-opaque', {
			body: codeFor('iframe', app, 'upload', 'sandbox="allow-scripts"'),
			policy: policyFor('iframe', app)
		})
	);
	await doUpload(demoIn(page, 'upload'));
});

test('on a narrow phone, 320 pixels wide', async ({ page, host, app }) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await page.goto(
		host.put('narrow', {
			body: codeFor('element', app, 'first-import'),
			policy: policyFor('element', app)
		})
	);
	await start(page, 'first-import');
	const demo = demoIn(page, 'first-import');
	await doWholeImport(demo);
	expect(
		await demo
			.getByRole('heading', { level: 1 })
			.evaluate(
				({ ownerDocument: { documentElement: root } }) => root.scrollWidth - root.clientWidth
			)
	).toBe(0);
});
