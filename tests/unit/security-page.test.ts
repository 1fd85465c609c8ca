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

/** Titles may hold a count that the environment changes: its default is what `npm test` runs. */
function source(path: string): string {
	const text = read(path);
	return text.replace(/\$\{String\((\w+)\)\}/g, (whole, name: string) => {
		const [, count] = new RegExp(`const ${name} = Number\\(.*\\?\\? (\\d+)\\)`).exec(text) ?? [];
		return count ?? whole;
	});
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

test('every count of a thousand is the default of the test beside it', () => {
	const counted = [
		...page.matchAll(/\| 1,000 [a-z ]+\| `(tests\/properties\/[\w./-]+)`/g)
	].map(([, path = '']) => path);
	expect(counted.length).toBeGreaterThanOrEqual(5);
	for (const path of counted) expect(read(path), path).toMatch(/PROPERTY_RUNS'\] \?\? 1000\)/);
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
