/** The zip is the build, byte for byte, and the same every time. */
import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, sep } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { packageBuild } from '../../src/tools/package.js';

const ROOT = join(import.meta.dirname, '../..');
const BUILD = join(ROOT, 'build');
const folder = mkdtempSync(join(tmpdir(), 'package-'));
const zip = packageBuild(BUILD, folder);

afterAll(() => {
	rmSync(folder, { recursive: true });
});

test('the zip holds the build, a licence and a way to open it', () => {
	const unpacked = unzipSync(readFileSync(zip));
	const built = readdirSync(BUILD, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(BUILD.length + 1))
		// what only a server uses, and what only npm start reads
		.filter((path) => !/\.(?:br|gz)$/.test(path) && path !== '.build.json');
	const expected = new Map(built.map((path) => [path.split(sep).join('/'), join(BUILD, path)]));
	expected.set('LICENSE.txt', join(ROOT, 'LICENSE'));
	expected.set('README.txt', join(ROOT, 'docs/hosting/README.txt'));
	expect(Object.keys(unpacked)).toEqual([...expected.keys()].sort());
	for (const [name, path] of expected)
		expect(readFileSync(path).equals(unpacked[name] ?? new Uint8Array()), name).toBe(true);
});

test('the checksum beside the zip is its own, as sha256sum reads it', () => {
	const digest = createHash('sha256').update(readFileSync(zip)).digest('hex');
	expect(readFileSync(`${zip}.sha256`, 'utf8')).toBe(`${digest}  ${basename(zip)}\n`);
});

test('the same build gives the same bytes on another day', () => {
	vi.useFakeTimers({ now: new Date('2030-06-01T12:00:00Z') });
	const again = packageBuild(BUILD, join(folder, 'again'));
	vi.useRealTimers();
	expect(readFileSync(again).equals(readFileSync(zip))).toBe(true);
});
