import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consoleFont, UNICODE_RANGE } from '../../src/tools/font.js';

const SRC = join(import.meta.dirname, '../../src');
const style = readFileSync(join(SRC, 'lib/ui/kit/styles/page.css'), 'utf8');
const messages = join(SRC, 'i18n/messages/en');

/** Drawn by a font of the system, since this one has no arrows. */
const ELSEWHERE = new Set(['→']);

const inRange = (character: string): boolean =>
	UNICODE_RANGE.split(', ').some((range) => {
		const [first = 0, last = first] = range
			.slice(2)
			.split('-')
			.map((hex) => parseInt(hex, 16));
		const code = character.codePointAt(0) ?? 0;
		return first <= code && code <= last;
	});

test('the style sheet names the characters of the font', () => {
	const [, range = ''] = /unicode-range:([^;]+);/.exec(style) ?? [];
	expect(range.replaceAll(/\s+/g, ' ').trim()).toBe(UNICODE_RANGE);
});

test('the font has every character of the English texts', () => {
	const texts = readdirSync(messages).map((file) => readFileSync(join(messages, file), 'utf8'));
	const characters = new Set(texts.join('').replaceAll(/[\t\n]/g, ''));
	expect(characters.size).toBeGreaterThan(70);
	expect([...characters].filter((one) => !inRange(one) && !ELSEWHERE.has(one))).toEqual([]);
});

test('the font has at most 18 kB', async () => {
	const font = await consoleFont();
	expect(font.length).toBeGreaterThan(15_000);
	expect(font.length).toBeLessThan(18_000);
});
