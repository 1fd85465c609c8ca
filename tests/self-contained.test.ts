/** The project is whole by itself: it reads nothing beside its own folder, and no test skips because something is missing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const NOT_OURS = new Set([
	'.git',
	'.svelte-kit',
	'node_modules',
	'build',
	'dist',
	'logs',
	'paraglide'
]);
const TEXT = /\.(?:ts|js|svelte|json|md|html|css|txt|mdx|ya?ml)$/;

/** Text by path below the project's folder. */
type Files = ReadonlyMap<string, string>;

function readFiles(folder = '', files = new Map<string, string>()): Files {
	for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
		if (NOT_OURS.has(entry.name)) continue;
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory()) readFiles(path, files);
		else if (TEXT.test(entry.name)) files.set(path, readFileSync(join(ROOT, path), 'utf8'));
	}
	return files;
}

/** A folder beside the project's, and a variable that could name one. */
const OUTSIDE = [/(?:\.\.\/)+shared\b/, /\bshared\/(?:vectors|design|field-cases)\b/, /\w+_DIR'\]/];
/** Where a build is, which the commands choose themselves. */
const OWN_VARIABLE = /\bBUILD_DIR'\]/g;

const namesOutside = (files: Files): string[] =>
	[...files].flatMap(([path, text]) =>
		OUTSIDE.some((pattern) => pattern.test(text.replaceAll(OWN_VARIABLE, ''))) ? [path] : []
	);

/** What may be missing is a program that the command installs, or a browser that cannot do it. */
const REASONS = new Set(['HAS_OPENSSL', 'HAS_XXD', 'HAS_FILE', '!version']);

const skips = (files: Files): string[] =>
	[...files].flatMap(([path, text]) =>
		path.startsWith('tests/')
			? [...text.matchAll(/\.(?:skipIf|runIf)\(([^)]*)\)/g)].flatMap(([call, reason = '']) =>
					REASONS.has(reason) ? [] : [`${path}: ${call}`]
				)
			: []
	);

const others = new Map(
	[...readFiles()].filter(([path]) => path !== 'tests/self-contained.test.ts')
);
const plant = (text: string): Files => new Map([['tests/a.test.ts', text]]);

test('no file reads or names a folder outside the project', () => {
	expect(others.size).toBeGreaterThan(500);
	expect(namesOutside(others)).toEqual([]);
});

test.each([
	`resolve(PROJECT, '../shared/vectors')`,
	`read the files in ../../shared`,
	`join(home, 'shared/vectors')`,
	`process.env['SETS_DIR'] ?? 'sets'`
])('planted: %s', (text) => {
	expect(namesOutside(plant(text))).toHaveLength(1);
});

test('no test skips because a file or folder is missing', () => {
	expect(skips(others)).toEqual([]);
});

test.each([
	`test.skipIf(!file)('x', f);`,
	`describe.runIf(existsSync(FOLDER))('x', f);`,
	`test.skipIf(vectors === null)('x', f);`
])('planted: %s', (text) => {
	expect(skips(plant(text))).toHaveLength(1);
});
