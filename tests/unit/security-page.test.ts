/** docs/security.md promises what the project does: each test that it names exists, each policy is the one that is sent. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
	EVERY_FILE,
	PAGE_POLICY,
	SCRIPT_POLICY,
	TERMINAL_POLICY
} from '../../src/tools/headers.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const flat = (text: string) => text.replace(/\s+/g, ' ');
const page = flat(read('docs/security.md'));

/** How often a test tries: in `npm test`, and in `npm run test:all` where that is said beside it. */
function countOf(text: string, name = '\\w+') {
	const [, short, long] =
		new RegExp(`const ${name} = propertyRuns\\(\\{ short: ([\\d_]+), long: ([\\d_]+) \\}\\)`).exec(
			text
		) ??
		new RegExp(`const ${name} = Number\\(.*\\?\\? ([\\d_]+)\\)`).exec(text) ??
		[];
	const number = (digits: string | undefined) => Number(digits?.replaceAll('_', ''));
	return { short: number(short), long: number(long) };
}

/** Titles may hold a count that the environment changes: here it is that of `npm test`. */
function source(path: string): string {
	const text = read(path);
	return text.replace(/\$\{String\((\w+)\)\}/g, (_, name: string) =>
		String(countOf(text, name).short)
	);
}

const references = [...page.matchAll(/`(tests\/[\w./-]+)`(?:: ((?:“[^”]+”(?:, )?)+))?/g)].map(
	([, path = '', titles = '']) => ({
		path,
		titles: [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title)
	})
);

test('every test that the page names is there, by its title', () => {
	expect(references.length).toBeGreaterThan(15);
	for (const { path, titles } of references) {
		expect(existsSync(join(ROOT, path)), path).toBe(true);
		for (const title of titles)
			expect(source(path).includes(title), `${path}: ${title}`).toBe(true);
	}
});

test('every count is the one of the test beside it', () => {
	const rows = [
		...page.matchAll(/\| ([\d,]+); long ([\d,]+) \| `(tests\/properties\/[\w./-]+)`/g)
	].map(([, short = '', long = '', path = '']) => ({ short, long, path }));
	expect(rows.length).toBeGreaterThanOrEqual(6);
	const digits = (count: string) => Number(count.replaceAll(',', ''));
	for (const { short, long, path } of rows)
		expect({ short: digits(short), long: digits(long) }, path).toEqual(countOf(read(path)));
	expect(read('tests/e2e/embed-fuzz.spec.ts')).toContain('const RUNS = 200;');
});

test('the policies on the page are those that are sent, and no others', () => {
	const stated = [...page.matchAll(/`((?:default-src|frame-ancestors) [^`]+)`/g)].map(
		([, policy]) => policy
	);
	expect(stated).toEqual([SCRIPT_POLICY, TERMINAL_POLICY, PAGE_POLICY]);
	for (const name of ['x-content-type-options', 'referrer-policy'] as const)
		expect(page).toContain(`\`${name}: ${EVERY_FILE[name]}\``);
});
