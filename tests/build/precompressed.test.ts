/** What a server may send compressed lies beside its file, and is that file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { framePages } from '../../src/tools/embed/size.js';

const BUILD = join(import.meta.dirname, '../../build');
const files = readdirSync(BUILD, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile())
	.map((entry) => join(entry.parentPath, entry.name));
const texts = files.filter((path) =>
	/\.(?:html|js|css|json|svg|wasm|webmanifest|txt|ts)$/.test(path)
);

test('each text above a packet’s size is there in brotli and gzip, smaller, and of the same content', () => {
	const large = texts.filter((path) => statSync(path).size >= 1024);
	expect(large.length).toBeGreaterThan(300);
	for (const path of large) {
		const content = readFileSync(path);
		const brotli = readFileSync(`${path}.br`);
		const gzip = readFileSync(`${path}.gz`);
		expect(brotliDecompressSync(brotli).equals(content), path).toBe(true);
		expect(gunzipSync(gzip).equals(content), path).toBe(true);
		expect(Math.max(brotli.length, gzip.length), path).toBeLessThan(content.length);
	}
});

test('nothing else is compressed, and nothing twice', () => {
	const known = new Set(texts);
	const compressed = files.filter((path) => /\.(?:br|gz)$/.test(path));
	expect(compressed.filter((path) => !known.has(path.slice(0, -3)))).toEqual([]);
});

test('no count of sizes, demos or pages includes a compressed copy', () => {
	const names = readdirSync(join(BUILD, 'embed'));
	expect(names.some((name) => name.endsWith('.html.br'))).toBe(true);
	expect(framePages(names).filter((name) => !name.endsWith('.html'))).toEqual([]);
});
