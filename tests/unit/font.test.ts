import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHARACTERS, consoleFont } from '../../src/tools/font.js';

const SRC = join(import.meta.dirname, '../../src');
const messages = join(SRC, 'i18n/messages/en');

/** Drawn by a font of the system, since this one has no arrows. */
const ELSEWHERE = new Set(['→']);

const inFont = (character: string): boolean => {
	const code = character.codePointAt(0) ?? 0;
	return CHARACTERS.some(([first, last]) => first <= code && code <= last);
};

test('the font has every character of the English texts', () => {
	const texts = readdirSync(messages).map((file) => readFileSync(join(messages, file), 'utf8'));
	const characters = new Set(texts.join('').replaceAll(/[\t\n]/g, ''));
	expect(characters.size).toBeGreaterThan(70);
	expect([...characters].filter((one) => !inFont(one) && !ELSEWHERE.has(one))).toEqual([]);
});

test('the font has at most 18 kB', async () => {
	const font = await consoleFont();
	expect(font.length).toBeGreaterThan(15_000);
	expect(font.length).toBeLessThan(18_000);
});
