/** Text that people wrote isn't taken for bytes that a tool wrote as hexadecimal, base64 or base32. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { asciiToBytes, bytesToBase64, bytesToHex, type Bytes } from '$lib/domain/bytes';
import { recognise, type LayerId } from '$lib/recognition/recognise';
import { propertyRuns } from '../support/runs';

const MESSAGES = join(import.meta.dirname, '../../src/i18n/messages/en');

/** All words of the app's English messages. */
const ENGLISH = [
	...new Set(
		readdirSync(MESSAGES).flatMap(
			(file) =>
				readFileSync(join(MESSAGES, file), 'utf8')
					.match(/[a-z]{2,}/gi)
					?.map((word) => word.toLowerCase()) ?? []
		)
	)
];

/** The syllables of Chinese, written in Latin letters, and some that could be. */
const PINYIN = [
	...['b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'j', 'q', 'x', 'zh', 'ch', 'sh', 'r'],
	...['z', 'c', 's', 'y', 'w']
].flatMap((initial) =>
	[
		...['a', 'o', 'e', 'i', 'u', 'ai', 'ei', 'ao', 'ou', 'an', 'en', 'ang', 'eng', 'ong', 'ia'],
		...['ie', 'iao', 'iu', 'ian', 'in', 'iang', 'ing', 'ua', 'uo', 'ui', 'uan', 'un', 'uang']
	].map((final) => initial + final)
);

/** English words of the letters of hexadecimal digits. */
const OF_HEX_LETTERS =
	'a ace add bad bade bead bed bee beef cab cad cafe cede dab dad dead deaf decade deed deface fab facade face fad fade fed fee feed'.split(
		' '
	);

/** Texts whose bytes would have the lengths of keys, of encrypted key material, and others. */
const LENGTHS = [16, 22, 24, 26, 32, 43, 44, 52, 64, 77, 86, 88, 103, 128, 342, 344, 410, 416, 512];

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

type Style = (words: readonly string[]) => string;

const IN_ONE_CASE: Readonly<Record<string, Style>> = {
	'without spaces': (words) => words.join(''),
	'with spaces': (words) => words.join(' '),
	'in lines': (words) => words.join('\n'),
	'in capitals': (words) => words.join('').toUpperCase(),
	'with underscores': (words) => words.join('_'),
	'in capitals with underscores': (words) => words.join('_').toUpperCase(),
	'with hyphens': (words) => words.join('-'),
	'with slashes': (words) => words.join('/'),
	'with plus signs': (words) => words.join('+')
};

const IN_BOTH_CASES: Readonly<Record<string, Style>> = {
	'each with a capital': (words) => words.map(capitalised).join(''),
	'each with a capital and a hyphen': (words) => words.map(capitalised).join('-'),
	'with spaces and one capital': (words) => capitalised(words.join(' '))
};

const YEARS = ['2026', '20261130', '2026_11_30', 'v1', '100'];

/** Texts of exactly such a length. */
const texts = (words: readonly string[], style: Style, lengths = LENGTHS): fc.Arbitrary<string> =>
	fc
		.tuple(
			fc.constantFrom(...lengths),
			fc.array(fc.constantFrom(...words), { minLength: 256, maxLength: 256 })
		)
		.map(([length, chosen]) => style(chosen).slice(0, length));

const DIGITS: readonly LayerId[] = [
	...(['hex', 'prefixedHex', 'separatedHex', 'hexDump', 'hexZeroCut'] as const),
	...(['base64', 'base64OtherPadding', 'base64url', 'base32'] as const)
];

const isTakenForDigits = (text: string): boolean =>
	recognise(asciiToBytes(text), ({ layers }) => layers.some(({ id }) => DIGITS.includes(id)));

const RUNS = propertyRuns({ short: 60, long: 2_000 });

function check(texts: fc.Arbitrary<string>): void {
	fc.assert(
		fc.property(texts, (text) => {
			expect(isTakenForDigits(text)).toBe(false);
		}),
		{ numRuns: RUNS, seed: 1 }
	);
}

describe.each([
	['English words', ENGLISH],
	['pinyin', PINYIN],
	['words of the letters of hexadecimal digits', OF_HEX_LETTERS]
])('%s are not taken for digits', (_, words) => {
	it.each(Object.entries({ ...IN_ONE_CASE, ...IN_BOTH_CASES }))('%s', (_, style) => {
		check(texts(words, style));
	});
});

describe.each([
	['English words', ENGLISH],
	['pinyin', PINYIN]
])('%s with numbers, as in names of files, are not taken for digits', (_, words) => {
	const mixed = [...words, ...Array.from({ length: words.length / 20 }, () => YEARS).flat()];
	it.each(Object.entries(IN_ONE_CASE))('%s', (_, style) => {
		check(texts(mixed, style));
	});

	it.each(Object.entries(IN_BOTH_CASES))('%s, in long texts', (_, style) => {
		check(texts(mixed, style, [342, 344, 512]));
	});
});

const isMaterial = (text: string): boolean =>
	recognise(asciiToBytes(text), ({ content }) => content === 'material');

test('random bytes of the length of a key are recognised in hexadecimal and in base64', () => {
	const missed = { hex: 0, base64: 0 };
	const files = 500;
	const bytes = (seed: number): Bytes =>
		new Uint8Array(
			fc.sample(fc.uint8Array({ minLength: 32, maxLength: 32 }), { numRuns: 1, seed })[0] ?? []
		);
	for (let seed = 0; seed < files; seed++) {
		const key = bytes(seed);
		if (!isMaterial(bytesToHex(key))) missed.hex++;
		if (!isMaterial(bytesToBase64(key))) missed.base64++;
	}
	expect(missed.hex).toBe(0);
	expect(missed.base64).toBeLessThan(files / 100);
});

test('base64 of such bytes that happens to have no digit is recognised in five of six cases', () => {
	const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/');
	// two bits of the last one are zero
	const last = Array.from('AEIMQUYcgkosw');
	const texts = fc
		.tuple(
			fc.array(fc.constantFrom(...letters), { minLength: 42, maxLength: 42 }),
			fc.constantFrom(...last)
		)
		.map(([first, end]) => `${first.join('')}${end}=`);
	const all = fc.sample(texts, { numRuns: 300, seed: 1 });
	expect(all.filter((text) => !isMaterial(text)).length).toBeLessThan(all.length / 6);
});
