// npm run build:openssl -- <folder>: compiles OpenSSL's command line tool to WebAssembly and puts it where the terminal
// finds it. Needed for a newer OpenSSL alone: what it makes is kept in the repository, with its checksums.
//
// The folder holds the unpacked source of an OpenSSL 3.0. Needs emscripten, perl and make; on Debian:
//   apt-get install emscripten && apt-get source openssl
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from './run.js';

const TARGET = resolve(root, 'src/lib/terminal/openssl');

/** WebAssembly is a 32-bit machine without threads, sockets or shared libraries. */
const CONFIGURE = [
	'linux-generic32',
	...['no-asm', 'no-threads', 'no-shared', 'no-dso', 'no-engine', 'no-hw', 'no-tests', 'no-sock'],
	// what no step of the procedure, and nothing around it, asks for
	...['no-afalgeng', 'no-dtls', 'no-ssl3', 'no-comp', 'no-legacy', 'no-bf', 'no-cast'],
	...['no-camellia', 'no-idea', 'no-seed', 'no-rc2', 'no-rc4', 'no-md4', 'no-mdc2', 'no-whirlpool'],
	...['no-gost', 'no-srp', 'no-srtp', 'no-ct', 'no-cms', 'no-ts', 'no-ocsp', 'no-cmp', 'no-psk'],
	'no-nextprotoneg',
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
	// the policy of the worker allows WebAssembly to be compiled, and no text to become code
	'-sDYNAMIC_EXECUTION=0'
];

const source = process.argv[2];
if (source === undefined || !existsSync(join(source, 'Configure'))) {
	console.error('usage: npm run build:openssl -- <folder with the source of OpenSSL 3.0>');
	process.exit(2);
}

const folder = join(mkdtempSync(join(tmpdir(), 'openssl-')), 'source');
cpSync(source, folder, { recursive: true });

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function run(program, args) {
	console.log(`> ${program} ${args.join(' ').slice(0, 100)}`);
	execFileSync(program, args, {
		cwd: folder,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: {
			...process.env,
			...{ CC: 'emcc', AR: 'emar', RANLIB: 'emranlib' },
			// Debian's emscripten finds the parser of its optimiser beside Debian's own Node alone
			NODE_PATH: process.env['NODE_PATH'] ?? '/usr/share/nodejs'
		}
	});
}

const jobs = `-j${String(availableParallelism())}`;
run('perl', ['./Configure', ...CONFIGURE]);
run('make', ['build_generated']);
run('make', [jobs, 'libcrypto.a', 'libssl.a']);
run('make', [jobs, 'apps/openssl', 'CNF_EX_LIBS=']);
run('sh', [
	'-c',
	`emcc ${LINK.map((flag) => `"${flag}"`).join(' ')} apps/openssl-bin-*.o apps/libapps.a libssl.a libcrypto.a -o openssl.js`
]);

/** As a module: Emscripten's own would look for its file beside its address, which a bundler changes. */
const glue = readFileSync(join(folder, 'openssl.js'), 'utf8');
const end = glue.indexOf("if (typeof exports === 'object'");
if (end < 0) throw new Error('the glue does not end as it did: see what its last lines are now');
const module = `/* eslint-disable */
// Made by \`npm run build:openssl\` from OpenSSL and Emscripten. See manifest.json and LICENSE.txt beside it.
// Outside of a browser there is no self.
const self = globalThis.self ?? { location: { href: '' } };
${glue.slice(0, end).trimEnd()}
export default createOpenssl;
`;

const artefacts = {
	'openssl.wasm': readFileSync(join(folder, 'openssl.wasm')),
	'openssl.js': Buffer.from(module)
};
const version = /^VERSION_DATA=.*|^MAJOR=(\d+)\nMINOR=(\d+)\nPATCH=(\d+)/m.exec(
	readFileSync(join(folder, 'VERSION.dat'), 'utf8')
);
const manifest = {
	openssl: version?.slice(1, 4).join('.'),
	emscripten: /(\d+\.\d+\.\d+)/.exec(
		execFileSync('emcc', ['--version'], { encoding: 'utf8' })
	)?.[1],
	configure: CONFIGURE.join(' '),
	link: LINK.join(' '),
	licence: 'Apache-2.0',
	files: Object.fromEntries(
		Object.entries(artefacts).map(([name, bytes]) => [
			name,
			{ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
		])
	)
};
for (const [name, bytes] of Object.entries(artefacts)) writeFileSync(join(TARGET, name), bytes);
writeFileSync(join(TARGET, 'manifest.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
cpSync(join(folder, 'LICENSE.txt'), join(TARGET, 'LICENSE.txt'));
console.log(JSON.stringify(manifest.files, null, '\t'));
