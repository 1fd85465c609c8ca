/** Each side of an embed reads any value as a listed message or ignores it. No value makes a reader throw. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	ERROR_CODES,
	MOST_MESSAGE_CHARACTERS,
	readFromEmbed,
	readHello,
	readState,
	readToEmbed
} from '$lib/embed/protocol';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 1000, long: 10_000 });
const READERS = { readHello, readFromEmbed, readToEmbed, readState };

const text = fc.string({ maxLength: 40 });
const count = fc.nat();
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const instant = fc
	.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
	.map((date) => date.toISOString());
const data = fc.dictionary(
	text,
	fc.oneof(text, finite, fc.boolean(), fc.constant(null), fc.array(text))
);

const hello = fc.record({
	kms: fc.constant('embed'),
	v: fc.constant(1),
	type: fc.constant('hello'),
	id: text
});
const state = fc.record({
	scenario: text,
	step: count,
	goals: fc.dictionary(text, fc.boolean()),
	keys: fc.array(fc.record({ state: text, origin: text })),
	nowMs: finite,
	complete: fc.boolean()
});
const of = <T>(type: string, fields: { [Name in keyof T]: fc.Arbitrary<T[Name]> }) =>
	fc.record({ type: fc.constant(type), ...fields });
const fromEmbed = fc.oneof(
	of('ready', {
		scenario: text,
		locale: fc.constantFrom('en', 'zh-CN'),
		steps: count,
		storage: fc.constantFrom('memory', 'stored')
	}),
	of('step', { index: count, of: count, done: fc.boolean() }),
	of('refused', { operation: text, code: text }),
	of('goal', { id: text, met: count, all: count }),
	of('complete', { ms: finite, hints: count, mistakes: count, credit: fc.boolean() }),
	of('resize', { height: finite }),
	of('xapi', { statement: data }),
	of('error', { code: fc.constantFrom(...ERROR_CODES), message: text }),
	of('answer', { n: count, ok: fc.constant(true), value: fc.oneof(state, fc.constant(null)) }),
	of('answer', { n: count, ok: fc.constant(false), code: text })
);
const call = (method: string, args: fc.Arbitrary<unknown[]>) =>
	fc.record({ type: fc.constant('call'), n: count, method: fc.constant(method), args });
const toEmbed = fc.oneof(
	of('connect', { id: text }),
	call('reset', fc.constant([])),
	call('getState', fc.constant([])),
	call('goTo', fc.tuple(count)),
	call(
		'setClock',
		fc.tuple(
			fc.oneof(
				fc.record({ to: instant }),
				fc.record({ hours: finite }),
				fc.record({ system: fc.constant(true) })
			)
		)
	)
);
const foreign = fc.anything({
	withBigInt: true,
	withDate: true,
	withMap: true,
	withSet: true,
	withSparseArray: true,
	withTypedArray: true,
	withNullPrototype: true
});

/** A message as an attacker bends it: a field less, a field more, or one of another kind. */
const bent = fc
	.tuple(fc.oneof(hello, fromEmbed, toEmbed), fc.nat(), foreign, fc.nat(2))
	.map(([message, at, value, how]): object => {
		const names = Object.keys(message);
		const name = names[at % names.length] ?? '';
		if (how === 0) return Object.fromEntries(Object.entries(message).filter(([k]) => k !== name));
		return { ...message, [how === 1 ? name : 'more']: value };
	});

test('every message of the table is read as it was sent', () => {
	for (const [arbitrary, read] of [
		[hello, readHello],
		[fromEmbed, readFromEmbed],
		[toEmbed, readToEmbed],
		[state, readState]
	] as const)
		fc.assert(
			fc.property(arbitrary, (message) => {
				expect(read(structuredClone(message))).toEqual(message);
			}),
			{ numRuns: RUNS }
		);
});

test('a foreign value is ignored', () => {
	fc.assert(
		fc.property(foreign, (value) => {
			for (const read of Object.values(READERS)) expect(read(value)).toBeUndefined();
		}),
		{ numRuns: RUNS }
	);
});

test('a changed message is read as a listed message or ignored', () => {
	fc.assert(
		fc.property(bent, (value) => {
			for (const read of Object.values(READERS)) {
				const message = read(value);
				// reading again changes nothing: what came out is whole
				if (message !== undefined) expect(read(message)).toEqual(message);
			}
			const fields = readFromEmbed(value);
			if (fields) expect(fields).not.toHaveProperty('more');
		}),
		{ numRuns: RUNS }
	);
});

test('a hello with one word more is not a hello', () => {
	const message = { kms: 'embed', v: 1, type: 'hello', id: 'a' };
	expect(readHello(message)).toEqual(message);
	expect(readHello({ ...message, more: 1 })).toBeUndefined();
	expect(readHello({ ...message, v: 2 })).toBeUndefined();
	expect(readHello({ ...message, kms: 'other' })).toBeUndefined();
});

const trap = () => {
	throw new Error('a trap');
};
const cycle: Record<string, unknown> = { type: 'xapi' };
cycle['statement'] = cycle;
const revoked = Proxy.revocable({}, {});
revoked.revoke();

test.each<[string, unknown]>([
	[
		'a getter that throws',
		{
			type: 'resize',
			get height() {
				return trap();
			}
		}
	],
	['a proxy that throws', new Proxy({}, { get: trap, ownKeys: trap, getPrototypeOf: trap })],
	['a proxy that was revoked', revoked.proxy],
	['the name of an inherited property', { type: 'constructor' }],
	['the name of the prototype', JSON.parse('{"type":"__proto__","__proto__":{"height":1}}')],
	['a field of the prototype', Object.create({ type: 'resize', height: 1 })],
	['an instance of a class', Object.assign(new Map(), { type: 'resize', height: 1 })],
	['a method by an inherited name', { type: 'call', n: 1, method: 'toString', args: [] }],
	['a circle', cycle],
	[
		'an array of four thousand million places',
		{ type: 'call', n: 1, method: 'reset', args: new Array(2 ** 32 - 1) }
	],
	[
		'a text that is too long',
		{ type: 'error', code: 'Engine', message: 'x'.repeat(MOST_MESSAGE_CHARACTERS) }
	],
	[
		'many fields',
		{
			type: 'xapi',
			statement: Object.fromEntries(
				Array.from({ length: 200_000 }, (_, at) => [`f${String(at)}`, 1])
			)
		}
	],
	['a height that is none', { type: 'resize', height: Number.NaN }],
	['a step before the first', { type: 'call', n: 1, method: 'goTo', args: [-1] }],
	[
		'a clock moved in two ways',
		{ type: 'call', n: 1, method: 'setClock', args: [{ hours: 1, system: true }] }
	],
	[
		'a clock moved to no instant',
		{ type: 'call', n: 1, method: 'setClock', args: [{ to: 'noon' }] }
	]
])('%s is read as nothing', (_, value) => {
	for (const read of Object.values(READERS)) expect(read(value)).toBeUndefined();
});

test('a field is read once, so that what was checked is what is used', () => {
	let reads = 0;
	const message = readFromEmbed({
		type: 'resize',
		get height() {
			reads += 1;
			return reads === 1 ? 300 : 'javascript:';
		}
	});
	expect(message).toEqual({ type: 'resize', height: 300 });
});

test('a statement cannot reach the prototype of its reader', () => {
	const statement: unknown = JSON.parse('{"__proto__":{"met":true},"verb":"completed"}');
	const message = readFromEmbed({ type: 'xapi', statement });
	expect(message).toBeDefined();
	expect(({} as { met?: boolean }).met).toBeUndefined();
	expect((message as unknown as { statement: { met?: boolean } }).statement.met).toBeUndefined();
});
