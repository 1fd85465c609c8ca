/** 1,000 invalid or foreign messages: neither the demo nor the page around it changes or fails. */
import type { Frame, Page } from '@playwright/test';
import fc from 'fast-check';
import type { KmsDemoElement } from '../../src/lib/embed/loader/types/kms-demo.d.ts';
import { codeFor, demoIn, expect, expectReady, policyFor, test } from './embed-host';
import { doCreate } from './embed-jobs';

const SEED = 20_260_706;
/** For each of the five ways in. */
const RUNS = 200;
const HOLDS = 'create';

/** What the test takes hold of in each page: ports in the order of their use, and the last hello. */
interface Held {
	readonly ports: MessagePort[];
	hello?: { readonly id: string };
}

const word = fc.constantFrom(
	...['hello', 'connect', 'call', 'answer', 'ready', 'resize', 'complete', 'step', 'error', 'xapi'],
	...['constructor', '__proto__', 'toString', 'embed', '', 'setImmediate$0.1']
);
const value = fc.oneof(
	word,
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
	fc.string(),
	fc.constant('x'.repeat(100_000)),
	fc.jsonValue()
);
/** Nearly a message: the right names, with what is not theirs. */
const near = fc.record(
	{
		kms: fc.oneof(fc.constant('embed'), value),
		v: fc.oneof(fc.constant(1), fc.constant(2), value),
		type: fc.oneof(word, value),
		id: value,
		n: value,
		method: fc.oneof(fc.constantFrom('reset ', 'goTo', 'setClock', 'toString'), value),
		args: fc.oneof(
			fc.constant([{ to: 'noon' }]),
			fc.constant([-1]),
			fc.constant([1, 2]),
			fc.array(value),
			value
		),
		ok: value,
		value,
		height: fc.constantFrom('900', null, [], {}),
		[HOLDS]: value
	},
	{ requiredKeys: [] }
);
const messages = (seed: number) =>
	fc.sample(fc.oneof(near, value, fc.jsonValue()), { seed, numRuns: RUNS });

/** Some of each kind that JSON cannot say are made where they are sent. */
const SEND = `(messages, send) => {
	const circle = {}; circle.self = circle;
	const odd = [new Map([['type', 'hello']]), new Date(), new ArrayBuffer(8), circle, 1n, /x/, undefined, new Error('x'),
		new Array(2 ** 24), JSON.parse('{"__proto__":{"type":"hello"}}')];
	messages.forEach((message, at) => {
		const given = at % 9 === 0 ? odd[(at / 9) % odd.length] : message;
		send(given, at % 3 === 0 ? [new MessageChannel().port2] : []);
	});
}`;

/** @param send the body of a function of `message` and `ports` */
const post = (where: Page | Frame, send: string, sent: readonly unknown[]) =>
	where.evaluate(`(${SEND})(${JSON.stringify(sent)}, (message, ports) => { ${send} })`);

async function holdPorts(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const held: Held = { ports: [] };
		Object.assign(globalThis, { held });
		// eslint-disable-next-line @typescript-eslint/unbound-method -- called on the port that it was asked of
		const { postMessage } = MessagePort.prototype;
		MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
			if (!held.ports.includes(this)) held.ports.push(this);
			Reflect.apply(postMessage, this, args);
		};
		addEventListener('message', ({ data }: MessageEvent<unknown>) => {
			if ((data as { readonly type?: unknown } | null)?.type === 'hello')
				held.hello ??= data as { readonly id: string };
		});
	});
}

test('1,000 foreign, malformed and replayed messages change nothing and raise nothing @firefox', async ({
	page,
	host,
	app
}) => {
	await holdPorts(page);
	const stranger = host.put('stranger', { body: '', policy: '' }).replace('127.0.0.1', 'localhost');
	const { origin: elsewhere } = new URL(stranger);
	await page.goto(
		host.put('fuzzed', {
			body: `${codeFor('element', app, 'create')}<iframe src="${stranger}" title="stranger"></iframe>`,
			policy: `${policyFor('element', app)} ; frame-src ${app} ${elsewhere}`.replace(
				`frame-src ${app} ;`,
				''
			)
		})
	);
	await page.getByRole('button', { name: 'create Start the demo' }).click();
	const demo = demoIn(page, 'create');
	await expectReady(demo);
	const element = page.getByTitle('create').first();
	const state = () => element.evaluate((found) => (found as KmsDemoElement).getState());
	const { nowMs, ...before } = await state();
	const heard = await element.evaluateHandle((found) => {
		const types: string[] = [];
		for (const type of ['ready', 'step', 'refused', 'goal', 'complete', 'resize', 'xapi', 'error'])
			found.addEventListener(type, () => types.push(type));
		return types;
	});
	const frameAt = (address: string) => {
		const found = page.frames().find((frame) => frame.url().startsWith(address));
		if (!found) throw new Error(`no frame at ${address}`);
		return found;
	};
	const embed = frameAt(`${app}/embed/`);

	// to the page: from itself, and from a frame of another origin
	await post(page, `postMessage(message, '*', ports)`, messages(SEED));
	await post(
		frameAt(stranger),
		`parent.postMessage(message, '*', ports); top.frames[0].postMessage(message, '*')`,
		messages(SEED + 1)
	);
	// to the window of the demo
	await post(page, `frames[0].postMessage(message, '*', ports)`, messages(SEED + 2));
	// on the line itself, in both directions
	// the demo reads twenty in a second: by its own clock, they come slowly
	await embed.evaluate(() => {
		let nowMs = performance.now();
		performance.now = () => (nowMs += 1000);
	});
	await post(page, `held.ports[0].postMessage(message, ports)`, messages(SEED + 3));
	// answered after them, on the same line
	expect(await state()).toMatchObject(before);
	await post(
		embed,
		`(held.ports.find((port) => port.onmessage) ?? held.ports[0]).postMessage(message, ports)`,
		messages(SEED + 4)
	);
	// the right hello once more, and answers to calls that were answered long ago or never made
	const { id } = await page.evaluate(
		() => (globalThis as unknown as { readonly held: Required<Held> }).held.hello
	);
	await post(
		embed,
		`parent.postMessage(message, '*', [new MessageChannel().port2])`,
		Array.from({ length: 20 }, () => ({ kms: 'embed', v: 1, type: 'hello', id }))
	);
	// and valid hellos from windows that are not demos of the page
	for (const where of [page, frameAt(stranger)])
		await post(
			where,
			`const { port1, port2 } = new MessageChannel();
			parent.postMessage(message, '*', [port2]);
			port1.postMessage({ type: 'complete', ms: 1, hints: 0, mistakes: 0, credit: true })`,
			[id, 'a', 'b', 'c'].map((own) => ({ kms: 'embed', v: 1, type: 'hello', id: own }))
		);
	await post(
		embed,
		`(held.ports.find((port) => port.onmessage) ?? held.ports[0]).postMessage(message)`,
		[1, 1, 2, 999].map((n) => ({ type: 'answer', n, ok: true, value: { scenario: 'other' } }))
	);
	const { nowMs: laterMs, ...after } = await state();
	expect(after).toEqual(before);
	expect(laterMs).toBeGreaterThanOrEqual(nowMs);
	expect(await heard.jsonValue()).toEqual([]);
	await doCreate(demo);
	expect(await state()).toMatchObject({ complete: true });
});
