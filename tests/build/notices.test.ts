/** Whose code a build ships, it ships the licence of. What it ships is read from the bundles themselves. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, type Plugin } from 'vite';
import {
	allNotices,
	FONT,
	noticeOf,
	NOTICES,
	noticesText,
	packageOf,
	requireNotices,
	SHIPPED
} from '../../src/tools/notices.js';

const ROOT = join(import.meta.dirname, '../..');
const BUILD = join(ROOT, 'build');
const folder = mkdtempSync(join(tmpdir(), 'notices-'));
const shippedText = readFileSync(join(BUILD, NOTICES), 'utf8');

afterAll(() => {
	rmSync(folder, { recursive: true });
});

/** @returns names in the list at the head of the file */
function noticed(text: string): string[] {
	const [head = ''] = text.split('\n===');
	return [...head.matchAll(/^- (\S+) \S.* \(.+\)$/gm)].map(([, name]) => String(name));
}

test('the file is what the lock file and the manifest of OpenSSL say: npm run notices', () => {
	expect(readFileSync(join(ROOT, 'static', NOTICES), 'utf8')).toBe(noticesText(allNotices()));
	expect(shippedText).toBe(noticesText(allNotices()));
});

test('each notice has a version, a licence and a copyright line', () => {
	const notices = allNotices();
	expect(notices.length).toBeGreaterThan(15);
	for (const { name, version, licence, text } of notices) {
		expect(version, name).toMatch(/\d/);
		expect(licence, name).toMatch(
			name === FONT ? /^OFL-1\.1$/ : /^(?:MIT|Apache-2\.0|MIT OR NCSA.*)$/
		);
		expect(text, name).toMatch(/copyright/i);
		expect(text.length, name).toBeGreaterThan(900);
	}
});

test('a visitor has it without a network', () => {
	expect(readFileSync(join(BUILD, 'service-worker.js'), 'utf8')).toContain(NOTICES);
	expect(readFileSync(join(BUILD, 'notices.html'), 'utf8')).toContain('</html>');
});

describe('every package of which a module is in', () => {
	const bundles = new Map(
		readdirSync(SHIPPED).map((file) => [
			file.replace(/\.json$/, ''),
			JSON.parse(readFileSync(join(SHIPPED, file), 'utf8')) as string[]
		])
	);

	test('the bundles were read, and something was found in them', () => {
		const scripts = readdirSync(join(BUILD, 'embed')).filter((name) => name.endsWith('.js'));
		// the engine is wrapped as a text, and was bundled under another name
		const wrapped = new Set(['engine.js']);
		for (const name of scripts.filter((script) => !wrapped.has(script)))
			expect([...bundles.keys()]).toContain(`embed+${name}`);
		expect(bundles.get('app')).toEqual(expect.arrayContaining(['svelte', '@sveltejs/kit']));
		expect(bundles.get('worker')).toEqual(expect.arrayContaining(['dexie', 'comlink']));
	});

	test.each([...bundles])('%s has a notice', (_, packages) => {
		expect(packages.filter((name) => !noticed(shippedText).includes(name))).toEqual([]);
	});

	test('the service worker, which kit builds by itself, has a notice', async () => {
		const found = await packagesIn(join(ROOT, 'src/service-worker/index.ts'), [
			{
				name: 'stub',
				resolveId: (id) => (id === '$service-worker' ? '\0own' : null),
				load: (id) =>
					id === '\0own'
						? "export const base = '', version = ''; export const build = [], files = [], prerendered = [];"
						: null
			}
		]);
		expect(found).toContain('dexie');
		expect(found.filter((name) => !noticed(shippedText).includes(name))).toEqual([]);
	});
});

test('every WebAssembly file in the build is the one of the manifest, and its parts have notices', () => {
	const manifest = JSON.parse(
		readFileSync(join(ROOT, 'src/lib/terminal/openssl/manifest.json'), 'utf8')
	) as { openssl: string; files: Record<string, { sha256: string }> };
	const programs = readdirSync(BUILD, { recursive: true, encoding: 'utf8' }).filter((path) =>
		path.endsWith('.wasm')
	);
	expect(programs).toHaveLength(1);
	for (const path of programs)
		expect(
			createHash('sha256')
				.update(readFileSync(join(BUILD, path)))
				.digest('hex')
		).toBe(manifest.files['openssl.wasm']?.sha256);
	expect(shippedText).toContain(`\n- OpenSSL ${manifest.openssl} (Apache-2.0)\n`);
	for (const holder of ['The OpenSSL Project Authors', 'The Emscripten Authors', 'Rich Felker'])
		expect(shippedText).toContain(holder);
});

describe('planted: a package without a notice', () => {
	const planted = join(folder, 'node_modules/@planted/package');

	beforeAll(() => {
		mkdirSync(planted, { recursive: true });
		writeFileSync(join(planted, 'index.js'), 'export const planted = () => document.title;\n');
		writeFileSync(
			join(planted, 'package.json'),
			'{ "name": "@planted/package", "version": "1.0.0", "type": "module", "main": "index.js", "license": "MIT" }'
		);
		writeFileSync(
			join(folder, 'entry.js'),
			"import { planted } from '@planted/package';\ndocument.title = planted();\n"
		);
	});

	test('fails the build, by name', async () => {
		await expect(packagesIn(join(folder, 'entry.js'), [])).resolves.toEqual(['@planted/package']);
		await expect(
			build({
				...bare(join(folder, 'entry.js')),
				plugins: [requireNotices('planted')]
			})
		).rejects.toThrow('@planted/package would be shipped without a notice');
	});

	test('and one that brings no text of its licence gets none', () => {
		expect(() => noticeOf('@planted/package', join(folder, 'node_modules'))).toThrow(
			'brings no text'
		);
	});
});

test.each([
	['/a/node_modules/dexie/dist/modern/dexie.mjs', 'dexie'],
	['/a/node_modules/@noble/hashes/sha2.js?commonjs', '@noble/hashes'],
	['C:\\a\\node_modules\\outer\\node_modules\\@in\\ner\\x.js', '@in/ner'],
	['\0vite/preload-helper.js', 'vite'],
	['\0rolldown/runtime.js', 'rolldown'],
	['/a/src/lib/paraglide/runtime.js', '@inlang/paraglide-js'],
	['/a/src/lib/domain/bytes.ts', undefined]
])('%j is of %s', (id, name) => {
	expect(packageOf(id)).toBe(name);
});

function bare(input: string) {
	return {
		root: ROOT,
		configFile: false,
		publicDir: false,
		logLevel: 'silent',
		build: { write: false, minify: false, rolldownOptions: { input } }
	} as const;
}

async function packagesIn(input: string, plugins: readonly Plugin[]): Promise<string[]> {
	const built = await build({ ...bare(input), plugins: [...plugins] });
	const names = new Set<string>();
	for (const output of [built].flat()) {
		if (!('output' in output)) throw new Error('watched, not built');
		for (const file of output.output)
			if (file.type === 'chunk')
				for (const [id, { renderedLength }] of Object.entries(file.modules)) {
					const name = packageOf(id);
					if (name !== undefined && renderedLength > 0) names.add(name);
				}
	}
	return [...names].sort();
}
