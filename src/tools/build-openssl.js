// npm run build:openssl: compiles OpenSSL's command line tool to WebAssembly and puts it where the terminal finds it.
// Needed only for a newer OpenSSL: the repository contains the result, with its checksums.
//
// Runs on Debian or a derivative. The source is the newest Debian package of the supported line; apt checks its signature.
// The script has its own folder for package lists, so the machine's apt settings stay unchanged.
import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { answer, openReleases } from './debian.js';
import { root } from './run.js';

const TARGET = resolve(root, 'src/lib/terminal/openssl');

/** A Debian release with long-term support for its OpenSSL: 3.5 until April 2030. */
const SUITE = 'trixie';
const LINE = '3.5';
/** Package by program. */
const NEEDED = { emcc: 'emscripten', perl: 'perl', make: 'make', 'dpkg-source': 'dpkg-dev' };

/** Licences of the code that is compiled in besides OpenSSL: Debian's emscripten and its C library. */
const RUNTIME = '/usr/share/doc/emscripten/copyright';
const MUSL = '/usr/share/emscripten/system/lib/libc/musl/COPYRIGHT';
/** The folders of emscripten that the linker uses. The others hold tools and tests. */
const LINKED = ['*', 'system/lib/compiler-rt/*', 'system/lib/dlmalloc.c'];

/** WebAssembly is a 32-bit machine without threads, sockets or shared libraries. */
const CONFIGURE = [
	'linux-generic32',
	...['no-asm', 'no-threads', 'no-shared', 'no-dso', 'no-engine', 'no-hw', 'no-tests', 'no-sock'],
	// features that the procedure doesn't use
	...['no-afalgeng', 'no-dtls', 'no-ssl3', 'no-comp', 'no-legacy', 'no-bf', 'no-cast'],
	...['no-camellia', 'no-idea', 'no-seed', 'no-rc2', 'no-rc4', 'no-md4', 'no-mdc2', 'no-whirlpool'],
	...['no-gost', 'no-srp', 'no-srtp', 'no-ct', 'no-cms', 'no-ts', 'no-ocsp', 'no-cmp', 'no-psk'],
	'no-nextprotoneg',
	// new since 3.0
	...['no-quic', 'no-thread-pool', 'no-argon2', 'no-ml-dsa', 'no-ml-kem', 'no-slh-dsa', 'no-docs'],
	'-Os',
	'-DNO_SYSLOG'
];

const LINK = [
	'-Os',
	'-sMODULARIZE=1',
	'-sEXPORT_NAME=createOpenssl',
	'-sINVOKE_RUN=0',
	'-sEXIT_RUNTIME=1',
	"-sEXPORTED_RUNTIME_METHODS=['callMain','FS']",
	'-sALLOW_MEMORY_GROWTH=1',
	'-sENVIRONMENT=worker',
	// the worker's policy allows compiling WebAssembly, but not running text as code
	'-sDYNAMIC_EXECUTION=0'
];

const folder = mkdtempSync(join(tmpdir(), 'openssl-'));

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
function run(program, args, { cwd = folder, env } = {}) {
	console.log(`> ${program} ${args.join(' ').slice(0, 100)}`);
	execFileSync(program, args, {
		cwd,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...env }
	});
}

installPrograms();
const { version: sourceVersion, sha256: sourceSha256, source } = fetchSource();
const BUILD = {
	cwd: source,
	env: {
		...{ CC: 'emcc', AR: 'emar', RANLIB: 'emranlib' },
		// the date of the package instead of today, so that the same source gives the same bytes
		SOURCE_DATE_EPOCH: answer('dpkg-parsechangelog', ['-S', 'Timestamp'], source).trim(),
		// Debian's emscripten finds its optimiser's parser only beside Debian's own Node
		NODE_PATH: process.env['NODE_PATH'] ?? '/usr/share/nodejs'
	}
};
compile();
keep();
rmSync(folder, { recursive: true });

function installPrograms() {
	const missing = Object.entries(NEEDED)
		.filter(([program]) => spawnSync('which', [program]).status !== 0)
		.map(([, name]) => name);
	if (missing.length === 0) return;
	const install = ['-o', 'DPkg::Lock::Timeout=600', 'install', '-y', '--no-install-recommends'];
	if (process.getuid?.() !== 0) {
		console.error(`Missing: ${missing.join(' ')}. Install them with apt-get, or run this as root.`);
		process.exit(2);
	}
	run('apt-get', ['update']);
	run('apt-get', [...install, ...missing]);
}

/** The newest available version of the line: an index may name files that a mirror does not have yet. */
function fetchSource() {
	const releases = [SUITE, `${SUITE}-updates`, `${SUITE}-security`];
	const own = openReleases(folder, 'deb-src', releases);
	const versions = [
		...answer('apt-cache', [...own, 'showsrc', 'openssl']).matchAll(/^Version: (.+)$/gm)
	]
		.map(([, version]) => String(version))
		.filter((version) => version.startsWith(`${LINE}.`))
		.sort((a, b) => (spawnSync('dpkg', ['--compare-versions', a, 'gt', b]).status === 0 ? -1 : 1));
	for (const version of versions) {
		try {
			run('apt-get', [...own, 'source', `openssl=${version}`]);
		} catch {
			console.log(`${version} cannot be had now`);
			continue;
		}
		const name = readdirSync(folder).find((entry) => entry.startsWith(`openssl-${LINE}.`));
		const archives = readdirSync(folder).filter((entry) =>
			/\.(orig|debian)\.tar\.\w+$/.test(entry)
		);
		if (name === undefined) throw new Error('apt-get source left no folder');
		return {
			version,
			source: join(folder, name),
			sha256: Object.fromEntries(
				archives.map((entry) => [entry, sha256(readFileSync(join(folder, entry)))])
			)
		};
	}
	throw new Error(`no source of OpenSSL ${LINE} among: ${versions.join(', ')}`);
}

function compile() {
	const jobs = ['-s', '-j2'];
	run('perl', ['./Configure', ...CONFIGURE], BUILD);
	run('make', [...jobs, 'build_generated'], BUILD);
	run('make', [...jobs, 'libcrypto.a', 'libssl.a'], BUILD);
	// links the tool's objects again, because the result of make is not a module for a worker
	run('make', [...jobs, 'apps/openssl', 'CNF_EX_LIBS='], BUILD);
	const objects = readdirSync(join(source, 'apps'))
		.filter((entry) => /^openssl-bin-.*\.o$/.test(entry))
		.map((entry) => `apps/${entry}`);
	const libraries = ['apps/libapps.a', 'libssl.a', 'libcrypto.a'];
	run('emcc', [...LINK, ...objects, ...libraries, '-o', 'openssl.js'], BUILD);
}

/** Copies the result, its manifest and the licences into the repository. */
function keep() {
	// Emscripten's own module would look for its file at a relative address, which a bundler changes.
	const glue = readFileSync(join(source, 'openssl.js'), 'utf8');
	const end = glue.indexOf("if (typeof exports === 'object'");
	if (end < 0) throw new Error('the glue does not end as it did: see what its last lines are now');
	const module = `/* eslint-disable */
// Made by \`npm run build:openssl\` from OpenSSL and Emscripten. See manifest.json and the licences beside it.
// Outside of a browser there is no self.
const self = globalThis.self ?? { location: { href: '' } };
${glue.slice(0, end).trimEnd()}
export default createOpenssl;
`;
	const artefacts = {
		'openssl.wasm': readFileSync(join(source, 'openssl.wasm')),
		'openssl.js': Buffer.from(module)
	};
	const version = /^MAJOR=(\d+)\nMINOR=(\d+)\nPATCH=(\d+)/m.exec(
		readFileSync(join(source, 'VERSION.dat'), 'utf8')
	);
	const manifest = {
		openssl: version?.slice(1, 4).join('.'),
		source: { package: `openssl ${sourceVersion} (Debian)`, sha256: sourceSha256 },
		emscripten: /(?<!\d)(\d+\.\d+\.\d+)/.exec(answer('emcc', ['--version']))?.[1],
		configure: CONFIGURE.join(' '),
		link: LINK.join(' '),
		licence: 'Apache-2.0',
		copyright: readFileSync(join(source, 'README.md'), 'utf8')
			.match(/^Copyright \(c\) .+$/gm)
			?.join('\n'),
		files: Object.fromEntries(
			Object.entries(artefacts).map(([name, bytes]) => [
				name,
				{ bytes: bytes.length, sha256: sha256(bytes) }
			])
		)
	};
	for (const [name, bytes] of Object.entries(artefacts)) writeFileSync(join(TARGET, name), bytes);
	writeFileSync(join(TARGET, 'manifest.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	writeFileSync(join(TARGET, 'LICENSE.txt'), readFileSync(join(source, 'LICENSE.txt')));
	writeFileSync(join(TARGET, 'EMSCRIPTEN.txt'), runtimeLicences(readFileSync(RUNTIME, 'utf8')));
	writeFileSync(join(TARGET, 'MUSL.txt'), readFileSync(MUSL));
	console.log(JSON.stringify(manifest, null, '\t'));
}

/**
 * @param {string} copyright in the format of Debian: paragraphs about files, then the texts of the licences they name
 * @see https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
 */
function runtimeLicences(copyright) {
	const paragraphs = copyright.split(/\n\n+/).map((paragraph) => paragraph.trim());
	const about = paragraphs.filter((paragraph) => {
		const [, files = ''] = /^Files:((?:\s+\S+$)+)/m.exec(paragraph) ?? [];
		return (
			paragraph.startsWith('Files:') && files.split(/\s+/).some((path) => LINKED.includes(path))
		);
	});
	const names = about.flatMap((paragraph) => {
		const [, line = ''] = /^License: (.+)$/m.exec(paragraph) ?? [];
		return line.split(/ or | and | with /);
	});
	const texts = paragraphs.filter((paragraph) => {
		const [, name = ''] = /^License: (.+)\n/.exec(paragraph) ?? [];
		return names.includes(name);
	});
	return `${[...about, ...texts].join('\n\n')}\n`;
}

/** @param {Uint8Array} bytes */
function sha256(bytes) {
	return createHash('sha256').update(bytes).digest('hex');
}
