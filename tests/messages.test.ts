/** The message catalogue is whole: every text in every language, with the same inputs, and none that nobody shows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources } from './architecture/sources';

const PROJECT = join(import.meta.dirname, '../src/i18n');

interface Settings {
	readonly baseLocale: string;
	readonly locales: readonly string[];
}
const settings = readJson('project.inlang/settings.json') as Settings;

/** A text, or a text for each case of its inputs: the leaves of the value are the texts. */
type Catalogue = ReadonlyMap<string, readonly string[]>;

function readJson(path: string): unknown {
	return JSON.parse(readFileSync(join(PROJECT, path), 'utf8'));
}

function readCatalogue(locale: string): { catalogue: Catalogue; twice: string[] } {
	const catalogue = new Map<string, string[]>();
	const twice: string[] = [];
	for (const file of readdirSync(join(PROJECT, 'messages', locale)))
		for (const [key, value] of Object.entries(readJson(`messages/${locale}/${file}`) as object)) {
			if (catalogue.has(key)) twice.push(key);
			if (!key.startsWith('$')) catalogue.set(key, textsOf(value));
		}
	return { catalogue, twice };
}

function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	const cases = 'match' in value ? value.match : value;
	return Object.values(cases as object).flatMap(textsOf);
}

function inputsOf(texts: readonly string[]): string[] {
	const names = texts.flatMap((text) =>
		[...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
	);
	return [...new Set(names)].sort();
}

/** One sentence for each way in which a catalogue differs from the one it must match. */
function differences(base: Catalogue, other: Catalogue): string[] {
	const missing = [...base.keys()]
		.filter((key) => !other.has(key))
		.map((key) => `${key} is missing`);
	const extra = [...other.keys()].filter((key) => !base.has(key)).map((key) => `${key} is extra`);
	const inputs = [...base.entries()]
		.filter(([key, texts]) => {
			const wanted = inputsOf(texts).join();
			return other.has(key) && inputsOf(other.get(key) ?? []).join() !== wanted;
		})
		.map(([key]) => `${key} has other inputs`);
	return [...missing, ...extra, ...inputs];
}

function emptyTexts(catalogue: Catalogue): string[] {
	const isEmpty = (texts: readonly string[]) =>
		texts.length === 0 || texts.some((text) => text.trim() === '');
	return [...catalogue].filter(([, texts]) => isEmpty(texts)).map(([key]) => key);
}

const base = readCatalogue(settings.baseLocale);

test('there are two languages and texts in them', () => {
	expect(settings.locales).toEqual(['en', 'zh-CN']);
	expect(base.catalogue.size).toBeGreaterThan(0);
});

describe.each(settings.locales)('%s', (locale) => {
	const { catalogue, twice } = readCatalogue(locale);

	test('has the same texts with the same inputs', () => {
		expect(differences(base.catalogue, catalogue)).toEqual([]);
	});
	test('has no empty text', () => {
		expect(emptyTexts(catalogue)).toEqual([]);
	});
	test('names no text twice', () => {
		expect(twice).toEqual([]);
	});
});

test('every text is shown somewhere', () => {
	const code = [...readSources().values()].join('\n');
	const used = new Set([...code.matchAll(/\bm\.(\w+)\b/g)].map(([, key]) => key));
	expect([...base.catalogue.keys()].filter((key) => !used.has(key))).toEqual([]);
});

test('planted: a missing text, an extra one, another input and an empty one are found', () => {
	const english: Catalogue = new Map([
		['a', ['{count} files']],
		['b', ['b']]
	]);
	const chinese: Catalogue = new Map([
		['a', ['{number} 个文件']],
		['c', [' ']]
	]);
	expect(differences(english, chinese)).toEqual([
		'b is missing',
		'c is extra',
		'a has other inputs'
	]);
	expect(emptyTexts(chinese)).toEqual(['c']);
});
