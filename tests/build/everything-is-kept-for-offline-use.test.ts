/** Offline there is only what the service worker stores. A browser's own cache hides a gap in it, until it is emptied. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { isPrecompressed } from '../../src/tools/precompress.js';

const BUILD = join(import.meta.dirname, '../../build');

test('the service worker knows every file that the build made', () => {
	const serviceWorker = readFileSync(join(BUILD, 'service-worker.js'), 'utf8');
	const made = readdirSync(join(BUILD, '_app/immutable'), { recursive: true, encoding: 'utf8' })
		.filter((path) => /\.\w+$/.test(path) && !isPrecompressed(path) && !path.endsWith('.wasm'))
		.map((path) => basename(path));
	expect(made.length).toBeGreaterThan(20);
	expect(made.filter((name) => !serviceWorker.includes(name))).toEqual([]);
});

test('only OpenSSL is loaded on demand, and the service worker knows it too', () => {
	const made = readdirSync(join(BUILD, '_app/immutable'), { recursive: true, encoding: 'utf8' });
	const large = made.filter((path) => path.endsWith('.wasm')).map((path) => basename(path));
	expect(large).toEqual([expect.stringMatching(/^openssl[.-]/)]);
	const serviceWorker = readFileSync(join(BUILD, 'service-worker.js'), 'utf8');
	expect(serviceWorker).toContain(large[0]);
});

test('no list of files to keep names one that was compressed for a server', () => {
	for (const name of ['service-worker.js', 'embed/sw.js'])
		expect(readFileSync(join(BUILD, name), 'utf8')).not.toMatch(/\.(?:br|gz)\b/);
});
