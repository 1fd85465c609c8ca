/** What an embed is asked for in its address: nothing that anybody writes there is taken for something else. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LATEST_MS } from '../../src/lib/domain/time';
import {
	DEFAULT_PARAMETERS,
	LOCALES,
	MOST_QUERY_CHARACTERS,
	PARTS,
	readParameters,
	THEMES,
	writeParameters,
	type EmbedParameters
} from '../../src/lib/embed/parameters';

const RUNS = { numRuns: 1000 };

const parameters: fc.Arbitrary<EmbedParameters> = fc.record({
	parts: fc.subarray([...PARTS]),
	lang: fc.constantFrom('auto' as const, ...LOCALES),
	theme: fc.constantFrom(...THEMES),
	accent: fc.option(fc.stringMatching(/^#[0-9a-f]{6}$/)),
	exam: fc.boolean(),
	clock: fc.option(fc.integer({ min: 0, max: LATEST_MS }).map((ms) => new Date(ms).toISOString())),
	persist: fc.option(fc.stringMatching(/^[a-z0-9-]{1,32}$/))
});

const name = fc.oneof(fc.constantFrom(...Object.keys(DEFAULT_PARAMETERS)), fc.string());
const query = fc.oneof(
	fc.string({ unit: 'binary', maxLength: MOST_QUERY_CHARACTERS + 9 }),
	fc
		.array(
			fc.tuple(name, fc.oneof(fc.string(), fc.constantFrom('1', 'dark', 'create', '__proto__')))
		)
		.map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&'))
);

const value = (text: string) => {
	const answer = readParameters(text);
	return answer.ok ? answer.value : answer.key;
};

test('every written choice is read back', () => {
	fc.assert(
		fc.property(parameters, (chosen) => {
			expect(readParameters(`?${writeParameters(chosen)}`)).toEqual({ ok: true, value: chosen });
		}),
		RUNS
	);
});

test('no query throws, and what is read of one is read again', () => {
	fc.assert(
		fc.property(query, (text) => {
			const answer = readParameters(text);
			if (answer.ok) expect(readParameters(writeParameters(answer.value))).toEqual(answer);
			else expect(answer.key.length).toBeLessThanOrEqual(64);
		}),
		RUNS
	);
});

test('nothing asked for is the default, and so is an empty value', () => {
	expect(value('')).toEqual(DEFAULT_PARAMETERS);
	expect(value('?theme=&accent=&parts=')).toEqual(DEFAULT_PARAMETERS);
	expect(writeParameters(DEFAULT_PARAMETERS)).toBe('');
});

test('parts are taken in the order of the procedure', () => {
	expect(value('parts=upload,create')).toMatchObject({ parts: ['create', 'upload'] });
});

test.each(['accent=0055AA', 'accent=%230055aa'])('%s is a colour', (text) => {
	expect(value(text)).toMatchObject({ accent: '#0055aa' });
});

test('an instant without seconds is one', () => {
	expect(value('clock=2026-03-01T09:30Z')).toMatchObject({ clock: '2026-03-01T09:30:00.000Z' });
});

test.each([
	['parts', 'parts=create,create'],
	['parts', 'parts=terminal'],
	['lang', 'lang=de'],
	['theme', 'theme=Dark'],
	['accent', 'accent=red'],
	['exam', 'exam=yes'],
	['exam', 'exam=__proto__'],
	['clock', 'clock=2026-02-30T00:00Z'],
	['clock', 'clock=1969-12-31T23:59:59Z'],
	['clock', 'clock=2026-01-01T00:00:00%2B08:00'],
	['persist', 'persist=Main'],
	['theme', 'theme=dark&theme=dark'],
	['script', 'script=alert(1)'],
	['__proto__', '__proto__=1'],
	['constructor', 'constructor=1'],
	['', `persist=${'a'.repeat(MOST_QUERY_CHARACTERS)}`]
])('refuses for %j: %s', (key, text) => {
	expect(readParameters(text)).toEqual({ ok: false, key });
});
