/** Untrusted scenario files: each is accepted or refused with a place, and none makes the reader throw. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SCENARIOS } from '$lib/course/catalogue';
import type { Bytes } from '$lib/domain/bytes';
import { LONGEST_SCENARIO_BYTES } from '$lib/scenario/limits';
import { readScenario, type ScenarioAnswer } from '$lib/scenario/read-scenario';
import { createSeeded } from '$lib/scenario/seeded';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 1000, long: 10_000 });

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Below = (bound: number) => number;

const encode = (value: unknown): Bytes => new TextEncoder().encode(JSON.stringify(value));

afterEach(() => {
	vi.restoreAllMocks();
});

/** Every refusal says where, in no more than a line. */
function expectAnswer(answer: ScenarioAnswer): string {
	if (answer.ok) return 'taken';
	const { problem } = answer;
	if ('place' in problem) expect(problem.place.length).toBeLessThanOrEqual(200);
	if ('received' in problem) expect(problem.received.length).toBeLessThanOrEqual(60);
	return problem.kind;
}

test('the files of the app are taken', () => {
	for (const scenario of SCENARIOS)
		expect(expectAnswer(readScenario(encode(scenario)))).toBe('taken');
});

test(`${String(RUNS)} files with bytes changed, lost or doubled`, () => {
	const { below } = createSeeded(1, 'bytes');
	const files = SCENARIOS.map(encode);
	const kinds = new Set<string>();
	for (let run = 0; run < RUNS; run++) {
		const file = files[run % files.length];
		if (file) kinds.add(expectAnswer(readScenario(withChangedBytes(file, below))));
	}
	expect([...kinds]).toEqual(expect.arrayContaining(['NotJson', 'Shape', 'taken']));
});

function withChangedBytes(file: Bytes, below: Below): Bytes {
	const at = below(file.length);
	const length = 1 + below(20);
	switch (below(4)) {
		case 0: {
			const changed = file.slice();
			changed[at] = below(256);
			return changed;
		}
		case 1: {
			const changed = file.slice();
			// one bit: a letter becomes another letter more often than with any byte
			changed[at] = (changed[at] ?? 0) ^ (1 << below(8));
			return changed;
		}
		case 2:
			return new Uint8Array([...file.subarray(0, at), ...file.subarray(at + length)]);
		default:
			return new Uint8Array([...file.subarray(0, at + length), ...file.subarray(at)]);
	}
}

test(`${String(RUNS)} files with members dropped, doubled, renamed or of another type`, () => {
	const { below } = createSeeded(2, 'members');
	const kinds = new Map<string, number>();
	for (let run = 0; run < RUNS; run++) {
		const scenario = structuredClone(SCENARIOS[run % SCENARIOS.length]) as Json;
		for (let times = 1 + below(3); times > 0; times--) changeOneMember(scenario, below);
		const kind = expectAnswer(readScenario(encode(scenario)));
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	}
	expect([...kinds.keys()]).toEqual(expect.arrayContaining(['Shape', 'Reference', 'taken']));
});

const STRANGE: readonly Json[] = [
	...[null, true, false, 0, -1, 1.5, 1e308, '', '…', '__proto__', 'constructor', [], {}],
	...['a'.repeat(5000), '\ud800', '9999-99-99T99:99:99Z', 'any', 'SUCCESS', [[[[]]]], { not: {} }],
	JSON.parse('{ "__proto__": { "key": "any" } }') as Json
];

/** Somewhere in the tree, any place as likely as any other. */
function changeOneMember(value: Json, below: Below): void {
	const places = placesOf(value);
	const place = places[below(places.length)];
	if (!place) return;
	const { holder, key } = place;
	const strange = structuredClone(STRANGE[below(STRANGE.length)] ?? null);
	if (Array.isArray(holder)) {
		const at = Number(key);
		const how = below(4);
		if (how === 0) holder.splice(at, 1);
		else if (how === 1) holder.splice(at, 0, structuredClone(holder[at] ?? null));
		else if (how === 2) holder[at] = strange;
		else
			holder.push(
				...Array.from({ length: 1 + below(100) }, () => structuredClone(holder[at] ?? null))
			);
		return;
	}
	const how = below(5);
	const before = holder[key] ?? null;
	if (how === 0) Reflect.deleteProperty(holder, key);
	else if (how === 1) holder[key] = strange;
	else if (how === 2) holder[`${key}x`] = structuredClone(before);
	else if (how === 3) holder[key] = { [key]: structuredClone(before) };
	else holder[key] = typeof before === 'string' ? `${before}x` : [structuredClone(before)];
}

interface Place {
	readonly holder: Json[] | { [name: string]: Json };
	readonly key: string;
}

function placesOf(value: Json): Place[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => [
		{ holder: value, key },
		...placesOf(inner)
	]);
}

describe('conditions inside of conditions', () => {
	const nested = (depth: number) => {
		const [scenario] = SCENARIOS;
		const deep = `${'{"not":'.repeat(depth)}{"hoursPassed":1}${'}'.repeat(depth)}`;
		const goal = `{"id":"deep","text":{"en":"x","zh-CN":"x"},"when":${deep}}`;
		const text = JSON.stringify({ ...scenario, steps: [], goals: ['here'] });
		return new TextEncoder().encode(text.replace('"here"', goal));
	};

	test('30 of them are accepted', () => {
		expect(readScenario(nested(30)).ok).toBe(true);
	});

	test.each([60, 1000, 20_000])('%i of them are refused with the place', (depth) => {
		const file = nested(depth);
		expect(file.length).toBeLessThan(LONGEST_SCENARIO_BYTES);
		expect(readScenario(file)).toMatchObject({
			ok: false,
			problem: {
				kind: 'Shape',
				place: expect.stringMatching(/^goals\[0\]\.when\.not\.not/) as string
			}
		});
	});
});

test('text in another encoding than UTF-8 is refused', () => {
	const [scenario] = SCENARIOS;
	const file = encode({ ...scenario, title: { en: 'latin?', 'zh-CN': 'x' } });
	expect(readScenario(file).ok).toBe(true);
	file[file.indexOf(0x3f)] = 0xff;
	expect(readScenario(file)).toEqual({ ok: false, problem: { kind: 'NotJson' } });
});

test('a name as long as the file is not repeated', () => {
	const [scenario] = SCENARIOS;
	const file = encode({ ...scenario, ['a'.repeat(200_000)]: 1 });
	expect(expectAnswer(readScenario(file))).toBe('Shape');
});

test('a file of ten megabytes is refused before it is parsed', () => {
	const parse = vi.spyOn(JSON, 'parse');
	const decode = vi.spyOn(TextDecoder.prototype, 'decode');
	const file = new Uint8Array(10_000_000).fill(0x20);
	expect(readScenario(file)).toEqual({
		ok: false,
		problem: { kind: 'TooLarge', bytes: 10_000_000 }
	});
	expect(parse).not.toHaveBeenCalled();
	expect(decode).not.toHaveBeenCalled();
	// the spies see what they are for
	readScenario(new Uint8Array([0x7b]));
	expect(parse).toHaveBeenCalledOnce();
	expect(decode).toHaveBeenCalledOnce();
});
