/**
 * The terminal beside the machine's own tools: the same line over the same files, and then the same files, texts and exit
 * codes. What is random is compared by what it opens to.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Bytes } from '$lib/domain/bytes';
import { commandsOf } from '$lib/terminal/parse';
import { HAS_OPENSSL } from '../support/openssl';
import { OPENSSL, openTerminal } from '../support/terminal';

vi.setConfig({ testTimeout: 30_000 });

const W = 'openssl pkeyutl -encrypt -pubin';
const D = 'openssl pkeyutl -decrypt -inkey priv.pem';
const OAEP = '-pkeyopt rsa_padding_mode:oaep';
const SHA256 = `${OAEP} -pkeyopt rsa_oaep_md:sha256`;
const SHA1 = `${OAEP} -pkeyopt rsa_oaep_md:sha1`;

let folder: string;
let fixture: Map<string, Bytes>;

const native = (line: string, where: string, input = '') =>
	// a shell whose input is a socket takes itself for a remote one, and reads its start-up file
	spawnSync('bash', ['--norc', '--noprofile', '-c', line], {
		cwd: where,
		input,
		encoding: 'latin1',
		env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' }
	});

/** Other versions use other words. */
const HAS_FILE = native('file --version', tmpdir()).stdout.startsWith('file-5.44');
if (!HAS_FILE) console.warn('SKIPPED: no file 5.44 command on this machine');

function filesIn(where: string): Map<string, Bytes> {
	return new Map(
		readdirSync(where).map((name) => [name, new Uint8Array(readFileSync(join(where, name)))])
	);
}

beforeAll(() => {
	if (!HAS_OPENSSL) return;
	folder = mkdtempSync(join(tmpdir(), 'terminal-'));
	execFileSync(
		'bash',
		[
			'-ec',
			`openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out priv.pem 2>/dev/null
			openssl pkey -in priv.pem -pubout -out pub.pem
			openssl pkey -pubin -in pub.pem -outform DER -out pub.der
			openssl rsa -pubin -in pub.pem -RSAPublicKey_out -outform DER -out pkcs1.der 2>/dev/null
			openssl rsa -pubin -in pub.pem -RSAPublicKey_out -out pkcs1.pem 2>/dev/null
			xxd -p pub.der | tr -d '\\n' > pub.hex
			openssl enc -base64 -A -in pub.der -out pub.b64
			openssl enc -base64 -in pub.der -out wrapped.b64
			tr '\\n' '\\r' < pub.pem | sed 's/\\r/\\r\\n/g' > crlf.pem
			printf '%s' "$(cat pub.pem)" > nonewline.pem
			printf -- '-----BEGIN PUBLIC KEY-----\\n%s\\n-----END PUBLIC KEY-----\\n' "$(cat pub.b64)" > oneline.pem
			printf 'abcdefghijklmnopqrstuvwxyz012345' > key.bin
			xxd -p -c 64 key.bin | tr -d '\\n' > key.hex
			(cat key.bin; echo) > key33.bin
			head -c 200 /dev/zero > long.bin
			head -c 191 /dev/zero > 191.bin
			head -c 256 /dev/zero > 256.bin
			: > empty
			printf 'one two\\nthree\\n\\n  four\\tfive' > text
			openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out sm2priv.pem 2>/dev/null
			openssl pkey -in sm2priv.pem -pubout -out sm2pub.pem
			openssl req -x509 -key priv.pem -subj '/C=CN/O=Example/CN=kms.example.com' -days 3650 -out cert.pem
			openssl x509 -in cert.pem -outform DER -out cert.der
			printf '0x%s\\n' "$(cat key.hex)" > prefixed.hex
			printf '\\xef\\xbb\\xbf%s' "$(cat key.hex)" > bom.hex
			printf '61:62:63' > colons.hex
			printf 'not base64 at all!' > no.b64`
		],
		{ cwd: folder, stdio: 'pipe' }
	);
	fixture = filesIn(folder);
});

afterAll(() => {
	if (HAS_OPENSSL) rmSync(folder, { recursive: true });
});

/** Threads, source lines and addresses differ from build to build. */
function normal(text: string): string {
	return (
		text
			.replace(/^[0-9A-Fa-f]+:error:/gm, ':error:')
			// the number of a system error is the system's
			.replace(/:error:8[0-9A-F]{7}:system/g, ':error:system')
			// no time is printed here
			.replace(/ copied, .*$/gm, ' copied')
			// cmp counts characters where the machine has no language
			.replace('differ: char', 'differ: byte')
			.replace(/:[\w./-]+\.c:\d+:/g, ':')
			.replace(/^bash: line \d+: /gm, 'bash: ')
			.replace(/^(?:\/usr\/bin\/)?(cat|wc|od|base64|cmp|xxd): /gm, '$1: ')
	);
}

async function both(line: string) {
	const where = mkdtempSync(join(tmpdir(), 'native-'));
	try {
		for (const [name, bytes] of fixture) writeFileSync(join(where, name), bytes);
		const machine = native(line, where);
		const terminal = openTerminal(fixture);
		const own = await terminal.run(line);
		return {
			machine: {
				stdout: normal(Buffer.from(machine.stdout, 'latin1').toString('utf8')),
				stderr: normal(Buffer.from(machine.stderr, 'latin1').toString('utf8')),
				code: machine.status
			},
			own: { stdout: own.stdout, stderr: normal(own.stderr), code: own.code },
			machineFiles: filesIn(where),
			ownFiles: terminal.files
		};
	} finally {
		rmSync(where, { recursive: true });
	}
}

const digests = (files: Map<string, Bytes>) =>
	Object.fromEntries(
		[...files]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex').slice(0, 12)])
	);

/** Lines whose every byte is known beforehand. */
const SAME = [
	// files and sizes
	'ls',
	'ls key.bin nothing',
	'wc -c key.bin',
	'wc -c key.bin pub.der pub.hex',
	'wc text',
	'wc -l text pub.pem',
	'cat key.hex | wc -c',
	'wc -c < pub.b64',
	'cat nothing',
	'cat key.bin nothing key.hex',
	'cp key.bin copy.bin && cmp key.bin copy.bin && echo same',
	'mv key.hex other.hex; ls *.hex',
	'rm key.bin && ls key.bin',
	'rm nothing',
	'cp nothing somewhere',
	'mv key.bin .',
	'mv key.bin ./.; ls',
	'cp ./key.bin ./',
	'cp key.bin ""',
	'mv key.bin nowhere/key.bin; ls',
	'cp -n key.bin empty; wc -c empty',
	'cp -n key.bin new.bin; wc -c new.bin',
	'mv -n key.bin empty; wc -c empty key.bin',
	'xxd -p key.bin .',
	'echo a > .',
	'echo a > ./; echo b > ..',
	"echo a > ''",
	'echo a > nowhere/f',
	'head -c 16 pub.hex',
	'head -n 1 pub.pem',
	'head -2 text',
	'tail -n 1 pub.pem',
	'tail -c 5 key.bin',
	// the traps of text: newlines, prefixes, digits in the place of bytes
	'echo abcdefghijklmnopqrstuvwxyz012345 > key.txt; wc -c key.txt',
	'echo -n abcdefghijklmnopqrstuvwxyz012345 | cmp - key.bin && echo same',
	"printf 'abcdefghijklmnopqrstuvwxyz012345' | sha256sum",
	String.raw`printf '\x00\x01\377\n' | xxd`,
	String.raw`echo -e 'a\tb\n' | od -c`,
	'xxd key.bin',
	'xxd -p key.bin',
	'xxd -p -c 256 pub.der',
	'xxd -p pub.der | tr -d "\\n" | cmp - pub.hex && echo same',
	'xxd -u -p key.bin',
	'xxd -l 5 -s 3 key.bin',
	'xxd -c 8 -g 1 key.bin',
	'xxd -r -p pub.hex back.der && cmp back.der pub.der && echo same',
	'xxd -r -p key.hex | cmp - key.bin && echo same',
	'xxd -r -p bom.hex | wc -c',
	'xxd -r -p prefixed.hex | xxd -p',
	"printf 'key=00112233' | xxd -r -p | xxd -p",
	'xxd -r -p colons.hex; xxd -r -p no.b64 | xxd -p',
	'xxd -r -p key.hex text; cat text',
	'xxd -rp key.hex | wc -c',
	'xxd -pr key.hex; xxd --plain --revert key.hex',
	'xxd key.bin -p; ls',
	"echo '00000004: 6162' | xxd -r - key.bin; cat key.bin",
	"printf '4: 6162\\n0: 63\\n' | xxd -r | xxd -p",
	'xxd key.bin | xxd -r | cmp - key.bin && echo same',
	'xxd nothing',
	'od -A n -t x1 key.bin',
	'od -An -v -tx1 key.bin',
	'od -t x1 256.bin',
	'od -c text',
	'od key.bin',
	'od -A x -t x1 -N 20 pub.der',
	'base64 key.bin',
	'base64 -w 0 pub.der | cmp - pub.b64 && echo same',
	'base64 pub.der',
	'base64 -d pub.b64 | cmp - pub.der && echo same',
	'base64 -d wrapped.b64 > back.der; cmp back.der pub.der; ls back.der',
	'base64 -d no.b64',
	'base64 -d key.hex | wc -c',
	'sha256sum key.bin nothing',
	'cmp key.bin key33.bin',
	'cmp key.bin key.hex',
	'cmp key.bin empty',
	'tr a-z A-Z < key.bin',
	"tr -d '[:digit:]' < key.bin",
	"tr -s ' ' < text",
	'cat text | head -n 1 | tr -d " "',
	'false || echo else; true && echo then',
	'false && echo never',
	'nonsense',
	'cat < nothing',
	'echo \'one two\' "three \\"four\\"" five\\ six',
	'echo a > f; echo b >> f; cat f',
	'cat nothing 2> errors; cat errors',
	'cat nothing key.hex 2>&1 | wc -l',
	// base64 with openssl: the silent ones
	'openssl enc -d -base64 -in pub.b64 -out silent.der; wc -c silent.der',
	'openssl enc -d -base64 -A -in pub.b64 -out loud.der; cmp loud.der pub.der && echo same',
	'openssl enc -d -base64 -in wrapped.b64 -out loud.der; cmp loud.der pub.der && echo same',
	'openssl enc -d -base64 -A -in pub.der -out silent.der; wc -c silent.der',
	'openssl enc -base64 -in 256.bin | wc -c',
	'openssl enc -e -base64 -A -in 256.bin | wc -c',
	// key formats
	'openssl pkey -pubin -inform DER -in pub.der -out back.pem; cmp back.pem pub.pem && echo same',
	'openssl rsa -pubin -inform DER -in pub.der -out back.pem; cmp back.pem pub.pem && echo same',
	'openssl pkey -pubin -in pkcs1.pem -outform DER | cmp - pub.der && echo same',
	'openssl rsa -RSAPublicKey_in -in pkcs1.der -inform DER -outform DER | wc -c',
	'openssl pkey -pubin -in pub.pem -noout -text',
	'openssl asn1parse -inform DER -in pub.der',
	'openssl dgst -sha256 key.bin',
	// lengths
	`${W} -inkey pub.pem -in long.bin -out w.bin ${SHA256}`,
	`${W} -inkey pub.pem -in 191.bin -out w.bin ${SHA256}`,
	`${W} -inkey pub.pem -in 256.bin -out w.bin`,
	`${W} -inkey pub.pem -in key.bin -out w.bin -pkeyopt rsa_padding_mode:none`,
	`${W} -inkey pub.pem -in key.bin -out w.bin ${OAEP} -pkeyopt rsa_oaep_md:nonsense`,
	// certificates
	'openssl req -new -key priv.pem -subj /CN=app.example.com -out a.csr; cat a.csr',
	"openssl req -new -key priv.pem -subj '/C=CN/O=Example/CN=密钥' -utf8 -reqexts v3_req -out a.csr; openssl req -in a.csr -noout -text -nameopt RFC2253",
	'openssl req -new -key priv.pem -subj /CN=a -addext subjectAltName=DNS:a.example.com',
	'openssl req -new -key priv.pem -out a.csr < empty',
	'openssl req -x509 -key priv.pem -subj /CN=a -days 3 -out c.pem; openssl x509 -in c.pem -noout -nameopt RFC2253 -subject -issuer -pubkey -ext basicConstraints,subjectKeyIdentifier; rm c.pem',
	'openssl x509 -in cert.pem -pubkey -noout | cmp - pub.pem && echo same',
	'openssl x509 -in cert.pem -outform DER | cmp - cert.der && echo same',
	'openssl x509 -in cert.pem -noout -fingerprint -sha256',
	'openssl verify -CAfile cert.pem cert.pem',
	// folders that do not exist
	'openssl rand -out nowhere/key.bin 4; ls',
	'openssl rand -hex -out /nowhere/key.bin 4',
	'openssl req -new -key priv.pem -subj /CN=a -out nowhere/a.csr',
	'openssl req -new -newkey rsa:1024 -nodes -keyout nowhere/k.pem -subj /CN=a 2> err; tail -n 1 err; rm err',
	'cat key.bin > /nowhere/key.bin; cat key.bin >> nowhere/key.bin; false 2> nowhere/err',
	// key wrap
	'openssl enc -e -id-aes256-wrap-pad -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv A65959A6 -in key.bin -out kwp.bin; xxd -p kwp.bin',
	'openssl enc -e -id-aes256-wrap-pad -K 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f -iv 00000000 -in key.bin -out kwp.bin; wc -c kwp.bin',
	'openssl enc -sm4-ecb -K 000102030405060708090a0b0c0d0e0f -in key.bin | xxd -p'
] as const;

/** Lines that OpenSSL 3.5, which the terminal has, answers otherwise than 3.0: here with the answer of 3.5. */
const OTHERWISE: readonly (readonly [
	string,
	{ readonly out?: string; readonly err?: RegExp; readonly code: number }
])[] = [
	[
		'openssl enc -d -base64 -A -in wrapped.b64 -out decoded.der; wc -c decoded.der',
		{ out: '294 decoded.der\n', code: 0 }
	],
	...['pub.b64', 'pub.hex'].map(
		(file) =>
			[
				`${W} -inkey ${file} -in key.bin -out w.bin ${SHA256}`,
				{
					err: new RegExp(
						`^Could not find private key of public key from ${file}\n[^]*loading key\n$`
					),
					code: 1
				}
			] as const
	),
	[
		`${W} -keyform DER -inkey pub.pem -in key.bin -out w.bin ${SHA256}`,
		{ err: /^Could not find private key of public key from pub\.pem\n/, code: 1 }
	],
	[
		`openssl pkeyutl -encrypt -inkey pub.pem -in key.bin -out w.bin ${SHA256}`,
		{ err: /^Could not find private key from pub\.pem\n/, code: 1 }
	],
	[
		`${W} -inkey nothing.pem -in key.bin -out w.bin`,
		{ err: /from nothing\.pem: No such file or directory\n/, code: 1 }
	],
	[
		'openssl enc -e -id-aes256-wrap-pad -K 00 -in key.bin -out kwp.bin',
		{ err: /^hex string is too short, padding with zero bytes to length\n/, code: 0 }
	]
];

/** Numbers, options and names as few people type them. */
const ODD = [
	...['00', '+5', '0x10', '-5', "''", "' 20'", '99999999999999999999', '5k', '1'].map(
		(width) => `base64 -w ${width} key.bin`
	),
	'base64 -w',
	'base64 --wrap',
	'base64 --wrap= key.bin',
	'base64 --wra=10 key.bin',
	'base64 --decode=3 key.bin',
	'base64 --constructor',
	...[
		'base64',
		'head',
		'tail',
		'od',
		'wc',
		'cat',
		'ls',
		'sha256sum',
		'cp',
		'rm',
		'tr',
		'cmp'
	].flatMap((command) => [`${command} --nonsense`, `${command} -Y`]),
	...['head', 'tail'].flatMap((command) =>
		[
			...['-5', '-500', '-0', '+5', '0', '5k', '1M', '1kB', '1b', '2KiB', '0x5', '5x', "''"],
			...['99999999999999999999', '-99999999999999999999M', '-', 'K', 'constructor']
		].flatMap((count) => [`${command} -c ${count} key.bin`, `${command} -n ${count} text`])
	),
	'tail -n +99999999999999999999 text',
	'head -n 1 -c 3 text',
	'head -c 3 -n 1 text',
	'head -5c key.bin',
	'head -2 -- text',
	'head -- -2',
	'head -v text',
	'head text - < key.bin',
	'head --lines=1 text',
	'head --lin 1 text',
	'head -n',
	...['constructor', 'toString', '__proto__', "''", 'x1'].map((type) => `od -t ${type} key.bin`),
	'od -A constructor key.bin',
	...['0x5', '010', '1k', '-5', '5x', '50', 'constructor', '08'].flatMap((count) => [
		`od -t x1 -N ${count} key.bin`,
		`od -t x1 -j ${count} key.bin`
	]),
	'od -N',
	'wc --bytes key.bin',
	'wc -c -- key.bin',
	'cat -- key.hex',
	'rm -- nothing',
	'tr -- a b < key.bin',
	'tr a b c',
	'tr -d a b',
	'tr a',
	'tr',
	'tr -d',
	'tr -ds a',
	'tr -ds a-c d-f < key.bin',
	'tr -cs a-c x < key.bin',
	'tr -sc a-c < 256.bin | wc -c',
	'tr constructor x < key.bin',
	"tr -d '[:constructor:]' < key.bin",
	'tr z-a x < key.bin',
	"tr a '' < key.bin",
	...['0x5', '010', '-5', '5k', 'constructor'].flatMap((count) => [
		`xxd -l ${count} key.bin`,
		`xxd -s ${count} key.bin`
	]),
	...['0x8', '0', '257', '-5', 'constructor'].flatMap((columns) => [
		`xxd -c ${columns} key.bin`,
		`xxd -p -c ${columns} key.bin`
	]),
	'xxd -p -c 0 empty',
	'xxd -g -1 key.bin',
	'xxd -s -99 key.bin',
	'xxd -- -p',
	String.raw`printf '%d\n' 0x10 010 +5 -5 5x x '' "'a"`,
	String.raw`printf '%x %o %X %u\n' 255 8 255 -1`,
	String.raw`printf '%x\n' -1`,
	String.raw`printf '%5d|%-5d|%05d|%+d|% d|%#x|%#o\n' 5 5 5 5 5 255 8`,
	String.raw`printf '%.2s|%5.1s|%.3d|%6.3d\n' abc abc 5 5`,
	String.raw`printf '%c%c\n' abc ''`,
	String.raw`printf 'a%y\n' a`,
	"printf 'a%'",
	"printf -- '-x'",
	'printf -x',
	String.raw`printf '\constructor\n'`,
	String.raw`printf '%b' 'a\cb' c`,
	String.raw`echo -e 'a\0101\x41\q\\ \101'`,
	String.raw`echo -e 'a\cb'`,
	'echo -x -- -n',
	...['constructor', 'toString', '__proto__', 'hasOwnProperty'].flatMap((name) => [
		name,
		`base64 ${name}`,
		`cat < ${name}`,
		`echo a > ${name}; cat ${name}; ls`
	])
];

/** Kinds of files, each made by the line itself. */
const KINDS = [
	'file *',
	'file -b pub.der; file --brief text nothing; file .; file ./ key.bin',
	'file - < pub.pem; cat 256.bin | file - key.bin',
	'file nothing a-longer-name-than-others pub.pem; file -- key.bin',
	'printf a > a; printf "\\n" > b; file a b empty',
	...[
		String.raw`a\nb`,
		String.raw`a\rb\r`,
		String.raw`a\r\nb\n`,
		String.raw`a\r\n\r`,
		String.raw`a\x85b\xe9`,
		String.raw`a\x85b`,
		String.raw`\xef\xbb\xbfa\n`,
		String.raw`\xef\xbb\xbf`,
		String.raw`\xef\xbb\xbfa\x01`,
		String.raw`h\xc3\xa9\n`,
		String.raw`h\xe9llo\n`,
		String.raw`caf\xc3`,
		String.raw`\x80\x81abc\n`,
		String.raw`\xed\xa0\x80a`,
		String.raw`\xff\xfea\0b\0\n\0`,
		String.raw`\xff\xfea\0\r\0\n\0`,
		String.raw`\xfe\xff\0a\0b\0\n`,
		String.raw`\xff\xfe`,
		String.raw`\xff\xfe\x01\0`,
		String.raw`a\0b\0`,
		String.raw`a\x01b\n`,
		String.raw`a\x7fb\n`,
		String.raw`a\fb\vc\ad\n`,
		String.raw`a\x1b[0m\n`,
		String.raw`a\bb\n`,
		String.raw`%%0300d\n`,
		'{"a":1}',
		String.raw`{"a":1}\n{"b":2}\n`,
		'{"a":1} x',
		'[]',
		String.raw`\x1f\x8b`,
		String.raw`\x1f\x8b\x08\x08\0\0\0\x10\x02\x03name\0\0\0\0\0\0\0\0\0`,
		String.raw`\x1f\x8b\x08\0\0\0\0\0\x04\0\0\0\0\0\0\0\0\1\0\0`,
		String.raw`PK\x03\x04\x14\0\0\0\x08\0\0\0\x21\x4a\0\0\0\0\0\0\0\0\0\0\0\0\x1e\0\0\0a-name-of-thirty-characters.txt\x4b\x4c\x4a\0`,
		String.raw`PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0`
	].map((text) => `printf '${text}' > f; file f`),
	"printf '%0301d\\r\\n' 1 > f; printf 'a\\n%0400d\\na\\n' 1 > g; file f g",
	'openssl pkey -in priv.pem -outform DER -out a; openssl rsa -traditional -in priv.pem -outform DER -out b 2> err; file a b cert.der; rm err',
	'openssl rsa -traditional -in priv.pem -out a 2> err; openssl req -new -key priv.pem -subj /CN=a -out b; openssl req -in b -outform DER -out c; file a b c; rm err'
];

/** Copies of parts, and into more than one place. */
const COPIES = [
	'dd if=key.bin of=f bs=16 count=1; cat f',
	'dd if=key.bin of=f; dd if=text',
	'dd if=key.bin bs=1 skip=4 count=3 status=none',
	'dd if=key.bin of=f bs=4 skip=1 count=2 status=noxfer; cat f',
	'dd if=key.hex of=key.bin bs=4 seek=2 count=1 conv=notrunc; cat key.bin',
	'dd if=key.hex of=key.bin bs=4 seek=2 count=1; cat key.bin',
	'dd if=key.bin of=f bs=1 seek=5 count=1; xxd f; dd of=g bs=1 seek=5 count=0; xxd g',
	'dd if=key.bin of=key.bin; wc -c key.bin',
	'dd < key.bin; cat key.bin | dd bs=5 | wc -c',
	'dd if=nothing of=f; ls f',
	'dd if=key.bin of=nowhere/f; dd if= ; dd of=',
	'dd if=key.bin skip=1; printf abc | dd bs=1 skip=5; echo $(dd if=key.bin bs=40 skip=1)',
	'printf abc | dd bs=1 seek=2 | xxd',
	'dd if=key.bin of=/dev/null; dd if=key.bin of=/dev/stdout bs=2 count=1 | cat',
	...['0', 'x', '-1', '', '1x', '2x3', '1k', 'K', '1kB', '2w', '3c', '1M', '4B'].map(
		(size) => `dd if=256.bin of=f bs=${size} count=1`
	),
	'dd if=256.bin of=f bs=99999999999999999999; dd if=256.bin of=f bs=1 count=99999999999999999999',
	'dd if=256.bin bs=2 count=4B skip=3B status=none | wc -c',
	'dd if=256.bin iflag=skip_bytes,count_bytes,fullblock skip=1 count=3 | wc -c',
	'dd if=256.bin of=f oflag=seek_bytes seek=3 conv=notrunc,fsync; wc -c f',
	'dd if=256.bin of=f ibs=3 obs=5 count=4',
	'dd if=key.bin bs=5 conv=sync,ucase | xxd',
	'dd conv=nonsense if=key.bin; dd status=nonsense; dd iflag=nonsense; dd nonsense=1; dd nonsense; dd --nonsense; dd -x; dd -',
	...[999, 1000, 1023, 1024, 1250, 1251, 9949, 9950, 10500, 999999, 1048576].map(
		(size) => `dd if=/dev/zero of=f bs=${String(size)} count=1`
	),
	'echo a | tee f; cat f',
	'cat key.bin | tee f g | wc -c; cmp f g',
	'echo a | tee -a text f; cat text f',
	'echo a | tee --append text; tail -n 2 text',
	'echo a | tee; echo a | tee nowhere/f f; cat f; echo a | tee .',
	"echo a | tee ''; echo a | tee -x; echo a | tee --nonsense; echo a | tee -- -p",
	'echo a | tee f 2> /dev/null | tee g > h; cat f g h',
	'(echo a | tee /dev/null /dev/stderr) 2>&1 | cat; echo a | tee /dev/stdout | cat',
	// what one command leaves for the next
	'{ head -c 3; echo; cat; } < key.bin',
	'cat key.bin | { head -c 3 > f; head -c 2 > g; cat > h; }; cat f; echo; cat g; echo; cat h',
	'{ dd bs=4 count=1 status=none; echo; dd bs=4 skip=1 count=1 status=none; echo; cat; } < key.bin',
	'xxd -r -p key.hex | { dd bs=16 count=1 of=k1 status=none; cat > k2; }; cat k1; echo; cat k2',
	// devices
	'head -c 5 /dev/zero | xxd; head -c 4 < /dev/zero | xxd -p',
	'head -c 32 /dev/urandom | wc -c; head -c 32 < /dev/random | wc -c; head -c 0 /dev/urandom',
	'xxd -l 4 -p /dev/zero; od -An -N 4 -tx1 /dev/zero; od -An -j 2 -N 4 -tx1 /dev/zero',
	'dd if=/dev/urandom bs=32 count=1 2> err | wc -c; dd if=/dev/zero of=f bs=16 count=2; xxd f; rm err'
];

/** Groups, comments and substitutions. */
const NESTED = [
	'{ cat key.bin; echo; } | wc -c',
	'{ echo a; echo b; } > f; cat f',
	'{ echo a; cat nothing; echo b; } > f 2>&1; cat f',
	'{ echo a; cat nothing; } 2> err; cat err',
	'{ echo a; wc -c < f; echo b; } > f; cat f',
	'{ echo b; echo c; } >> text; cat text',
	'{ false; } || echo failed',
	'{ false; echo a; } && echo done',
	'{ { echo a; }; } | { cat; echo b; }',
	'(cat key.bin; echo) | wc -c; (echo a) > f',
	'( { echo a; } | (cat) )',
	'cat key.bin | { cat; cat; }',
	'{ cat; cat; } < key.hex',
	'{ openssl version > f; cat; } < key.hex; rm f',
	'{ cat key.bin; cat; } < key.hex',
	'{ echo a; } > nowhere/f; { cat; } < nothing',
	'{ echo a; } > f > g; wc -c f g',
	'# nothing but a comment',
	'echo a # b',
	'echo a#b "# c" \\#d # e',
	'echo a;# b',
	'echo $(echo a b)',
	'echo "$(echo "a  b"; echo)"',
	'echo $(echo "a  b"; echo c)',
	"printf '<%s>' $(echo ' a b ')c\"$(echo ' d ')\" $(true) '' \"$(true)\"; echo",
	"printf '<%s>' a$(echo ' b c ')d; echo",
	'echo "a$(echo "b$(echo "c")")"',
	'echo `echo a` "`echo b`"',
	'echo `echo \\`echo a\\``',
	'echo "`echo \\"a  b\\"`"',
	'echo \'$(a)\' "\\$(a)" \\$\\(a\\) \\`',
	'echo $(cat nothing) a 2> f; wc -c f',
	'echo $(echo a > f) b; cat f',
	'$(echo echo a) b; $(true); $(false)',
	'$(false) && echo a',
	'$(true) || echo a',
	'$(false) $(true) && echo a',
	'echo $(false) && echo a',
	'$(echo nothing-like-this) a',
	'echo a > $(echo f) && cat $(echo f)',
	'echo a > $(echo f g); echo a > $(true); cat < $(echo a b)',
	'echo a > "$(echo f g)"; cat "f g"',
	"ls $(echo '*.pem') \"$(echo '*.hex')\"",
	'ls *.he$(echo x)',
	'echo key.bin | cat "$(cat)"',
	'echo "$(printf "a\\0b")"',
	'printf %s "$(cat 256.bin)" | wc -c',
	'printf %s "$(xxd -r -p no.b64)" | xxd -p',
	'printf %s "$(printf \'a\\xff\\xc3\\xa9\\xed\\xa0\\x80\\xe5\\xaf\\x86\')" | xxd -p',
	'echo "$(printf \'\\xfe\\n\\n\')" | xxd -p',
	'printf %s "$(cat bom.hex)" | wc -c; echo $(head -c 3 bom.hex)$(cat 256.bin; printf "\\xff"; cat bom.hex) | xxd -p',
	'wc -c "$(ls key.bin)"',
	'test $(wc -c < key.bin) && echo a',
	'[ -f key.bin ] && echo a; [ -f nothing ] || echo b; [ -n "$(cat key.hex)" ] && echo c',
	'[ -f key.bin',
	'openssl enc -aes-256-ecb -K "$(cat key.hex)" -in text | xxd -p',
	'openssl enc -aes-256-cbc -K $(xxd -p -c 64 key.bin) -iv $(printf "%032d" 0) -in text | openssl base64',
	'printf %s "$(cat pub.pem)" | cmp - nonewline.pem && echo same'
];

/** Lines that write `w.bin`, and how the machine's openssl opens it; null: it must not open with anything of the service. */
const RANDOM: readonly (readonly [string, string])[] = [
	[`${W} -inkey pub.pem -in key.bin -out w.bin ${SHA256} -pkeyopt rsa_mgf1_md:sha256`, SHA256],
	[`${W} -inkey pub.pem -in key.bin -out w.bin ${SHA256}`, SHA256],
	[`${W} -inkey pub.pem -in key.bin -out w.bin ${OAEP}`, SHA1],
	[`${W} -inkey pub.pem -in key.bin -out w.bin ${SHA1} -pkeyopt rsa_mgf1_md:sha1`, SHA1],
	[
		`${W} -inkey pub.pem -in key.bin -out w.bin ${SHA256} -pkeyopt rsa_mgf1_md:sha1`,
		`${SHA256} -pkeyopt rsa_mgf1_md:sha1`
	],
	[
		`${W} -inkey pub.pem -in key.bin -out w.bin ${OAEP} -pkeyopt rsa_mgf1_md:sha256`,
		`${OAEP} -pkeyopt rsa_mgf1_md:sha256`
	],
	[
		`${W} -inkey pub.pem -in key.bin -out w.bin ${OAEP} -pkeyopt rsa_oaep_md:sha512`,
		`${OAEP} -pkeyopt rsa_oaep_md:sha512`
	],
	[`${W} -inkey pub.pem -in key.bin -out w.bin -pkeyopt rsa_padding_mode:pkcs1`, ''],
	[`${W} -inkey pub.pem -in key.bin -out w.bin`, ''],
	[`${W} -inkey pub.pem -in key.bin -out w.bin -pkeyopt rsa_oaep_md:sha256`, ''],
	[`openssl pkeyutl -encrypt -certin -inkey cert.pem -in key.bin -out w.bin ${SHA256}`, SHA256],
	[
		`openssl req -x509 -key priv.pem -subj /CN=a -out c.pem && openssl pkeyutl -encrypt -certin -inkey c.pem -in key.bin -out w.bin ${SHA256}; rm c.pem`,
		SHA256
	],
	['openssl rsautl -encrypt -oaep -pubin -inkey pub.pem -in key.bin -out w.bin', SHA1],
	['openssl rsautl -encrypt -pubin -inkey pub.pem -in key.bin -out w.bin', ''],
	['openssl rsautl -encrypt -oaep -pubin -keyform DER -inkey pub.der -in key.bin -out w.bin', SHA1],
	[`${W} -keyform DER -inkey pub.der -in key.bin -out w.bin ${SHA256}`, SHA256],
	[`${W} -inkey pub.der -in key.bin -out w.bin ${SHA256}`, SHA256],
	[`${W} -inkey pub.pem -in key.bin -out w.bin ${OAEP} -pkeyopt rsa_oaep_md:SHA2-256`, SHA256],
	[`${W} -inkey pub.pem -in key.bin -out w.bin ${OAEP} -pkeyopt rsa_oaep_md:sha-256`, SHA256],
	[`${W} -inkey crlf.pem -in key.bin -out w.bin ${SHA256}`, SHA256],
	[`${W} -inkey nonewline.pem -in key.bin -out w.bin ${SHA256}`, SHA256],
	[`${W} -inkey oneline.pem -in key.bin -out w.bin ${SHA256}`, SHA256],
	[`xxd -r -p pub.hex p.der && ${W} -inkey p.der -in key.bin -out w.bin ${SHA256}`, SHA256],
	[`base64 -d pub.b64 > p.der; ${W} -inkey p.der -in key.bin -out w.bin ${SHA256}`, SHA256],
	[
		`openssl pkey -pubin -inform DER -in pub.der -out p.pem && ${W} -inkey p.pem -in key.bin -out w.bin ${SHA256}`,
		SHA256
	],
	[`cat pub.pem | ${W} -inkey /dev/stdin -in key.bin ${SHA256} > w.bin`, SHA256],
	[`cat key.bin | ${W} -inkey pub.pem ${SHA256} > w.bin`, SHA256],
	[
		`${W} -inkey pub.pem -in key.bin -out w.bin ${SHA256} -pkeyopt rsa_oaep_label:00`,
		`${SHA256} -pkeyopt rsa_oaep_label:00`
	],
	[`${W} -inkey pub.pem -in key33.bin -out w.bin ${SHA256}`, SHA256],
	[`${W} -inkey pub.pem -in key.hex -out w.bin ${SHA256}`, SHA256]
];

test('the artefact is the one that its manifest names, and says its own version', async () => {
	const manifest = JSON.parse(readFileSync(join(OPENSSL, 'manifest.json'), 'utf8')) as {
		readonly openssl: string;
		readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
	};
	for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
		const content = readFileSync(join(OPENSSL, name));
		expect(content.length).toBe(bytes);
		expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
	}
	const { stdout } = await openTerminal().run('openssl version');
	expect(stdout).toContain(`OpenSSL ${manifest.openssl} `);
});

describe.runIf(HAS_OPENSSL)('the same line, here and on the machine', () => {
	test('there are more than sixty of them', () => {
		expect(new Set([...SAME, ...RANDOM.map(([line]) => line)]).size).toBeGreaterThanOrEqual(60);
	});

	test.each([...SAME, ...ODD, ...NESTED, ...COPIES])('%s', async (line) => {
		const { machine, own, machineFiles, ownFiles } = await both(line);
		expect(own).toEqual(machine);
		expect(digests(ownFiles)).toEqual(digests(machineFiles));
	});

	test.runIf(HAS_FILE).each(KINDS)('%s', async (line) => {
		const { machine, own, machineFiles, ownFiles } = await both(line);
		expect(own).toEqual(machine);
		expect(digests(ownFiles)).toEqual(digests(machineFiles));
	});

	test.each(RANDOM)('%s', async (line, opens) => {
		const { machine, own, machineFiles, ownFiles } = await both(line);
		expect(own).toEqual(machine);
		expect([...ownFiles.keys()].sort()).toEqual([...machineFiles.keys()].sort());
		const opened = [ownFiles, machineFiles].map((files) => {
			writeFileSync(join(folder, 'opened-w.bin'), files.get('w.bin') ?? '');
			const result = native(`${D} -in opened-w.bin ${opens}`, folder);
			rmSync(join(folder, 'opened-w.bin'));
			return { stdout: result.stdout, code: result.status };
		});
		expect(opened[0]).toEqual(opened[1]);
		expect(opened[0]?.code).toBe(0);
		expect(opened[0]?.stdout).toContain('abcdef'.slice(0, line.includes('key.hex') ? 0 : 6));
	});
});

/** Texts of several lines, as they are pasted. */
const PASTED = [
	'xxd -r -p nothing b.bin &&\nwc -c key.bin',
	'xxd -p key.bin k.hex &&\n\nwc -c k.hex',
	'cat key.bin |\ntr a-z A-Z',
	'false ||\n\n\necho else\n\necho next',
	"printf 'one\ntwo\n' > f\nwc -l f",
	'echo "one\n  two" three',
	'echo joi\\\nned; wc -c \\\n  key.bin',
	'echo "joi\\\nned" \'not joi\\\nned\'',
	'echo one > f |\\\ncat\ncat f',
	'# make a file\n\necho one > f # with one line\n# and show it\ncat f',
	'{\n  echo one\n  echo two\n} > f\ncat f',
	'(\n# one\necho one )\necho "$(\n  echo two # three\n  echo four\n)"',
	'echo `echo one\necho two`\necho three'
] as const;

/** Texts with a fault in the middle: what stands before it has run, what stands after it has not. */
const FAULTY = [
	'echo one > f\necho two &&|\necho three > g',
	'echo one > f\n&& echo two > g\necho three > h',
	'echo one > f\ncat >\necho three > g',
	"echo one > f\necho 'two\necho three > g",
	'echo one > f\necho two |',
	'echo one > f\n}\necho three > g',
	'echo one > f\n{ echo two\necho three > g',
	'echo one > f\necho two )\necho three > g',
	'echo one > f\necho "$(echo two"\necho three > g'
] as const;

async function paste(text: string) {
	const terminal = openTerminal(fixture);
	const output = { stdout: '', stderr: '' };
	for (const command of commandsOf(text)) {
		const { stdout, stderr, problem, code } = await terminal.run(command);
		output.stdout += stdout;
		output.stderr += normal(stderr);
		if (problem) return { ...output, code, problem, files: terminal.files };
	}
	return { ...output, files: terminal.files };
}

describe.runIf(HAS_OPENSSL)('a line that OpenSSL 3.5 answers otherwise than 3.0', () => {
	test.each(OTHERWISE)('%s', async (line, { out = '', err = /^$/, code }) => {
		const { machine, own, machineFiles, ownFiles } = await both(line);
		expect(own).toMatchObject({ stdout: out, code });
		expect(own.stderr).toMatch(err);
		if (!/^OpenSSL 3\.5/.test(native('openssl version', folder).stdout)) return;
		expect(own).toEqual(machine);
		expect(digests(ownFiles)).toEqual(digests(machineFiles));
	});
});

describe.runIf(HAS_OPENSSL)('the same text, here and on the machine', () => {
	test.each(PASTED)('%j', async (text) => {
		const { machine, machineFiles } = await both(text);
		const own = await paste(text);
		expect(own).not.toHaveProperty('problem');
		expect(own.stdout).toBe(machine.stdout);
		expect(own.stderr).toBe(machine.stderr);
		expect(digests(own.files)).toEqual(digests(machineFiles));
	});

	test.each(FAULTY)('%j', async (text) => {
		const { machine, machineFiles } = await both(text);
		expect(machine.code).not.toBe(0);
		const own = await paste(text);
		expect(own).toMatchObject({ problem: { kind: 'Syntax' }, stdout: machine.stdout });
		expect(digests(own.files)).toEqual(digests(machineFiles));
	});

	test('nothing after what is not taken here runs', async () => {
		const own = await paste('echo one > f\necho PublicKey.{hex,pem}\necho three > g');
		expect(own).toMatchObject({ problem: { kind: 'Unsupported', at: '{' } });
		expect([...own.files.keys()].filter((name) => !fixture.has(name))).toEqual(['f']);
	});
});

describe('a folder that is not kept', () => {
	test.each([
		['/tmp/key.bin', 'No such file or directory'],
		['/home/web_user/key.bin', 'No such file or directory'],
		['../key.bin', 'Permission denied'],
		['/key.bin', 'Permission denied'],
		['/dev/key.bin', 'Permission denied'],
		['/usr/local/ssl/openssl.cnf', 'Permission denied']
	])('openssl does not write %s', async (path, why) => {
		const terminal = openTerminal();
		const { stderr, code } = await terminal.run(`openssl rand -out ${path} 4`);
		expect(stderr).toContain(`Can't open "${path}" for writing, ${why}\n`);
		expect(code).toBe(1);
		expect(terminal.files.size).toBe(0);
	});
});

describe('names that the workbench would change', () => {
	const key = new Uint8Array([1, 2, 3]);
	const NAMES = ['.rnd', 'a:b', 'a?', 'ends.', 'ends ', 'x'.repeat(121)];
	const LINES = [
		(name: string) => `echo a > '${name}'`,
		(name: string) => `false 2>> '${name}'`,
		(name: string) => `cp key.bin '${name}'`,
		(name: string) => `mv key.bin '${name}'`,
		(name: string) => `xxd key.bin '${name}'`,
		(name: string) => `openssl rand -out '${name}' 4`
	];

	test.each(LINES.flatMap((line) => NAMES.map(line)))('%s', async (line) => {
		const terminal = openTerminal([['key.bin', key]]);
		const { stderr, code } = await terminal.run(line);
		expect(stderr).toContain('The workbench takes no such name');
		expect(code).toBeGreaterThan(0);
		expect([...terminal.files]).toEqual([['key.bin', key]]);
	});

	test('what else the line makes is kept', async () => {
		const terminal = openTerminal();
		await terminal.run("echo 1 > 'a:b'; echo 2 > 'a?b'; echo 3 > a_b; echo 4 > c");
		expect([...terminal.files.keys()]).toEqual(['a_b', 'c']);
	});

	test('an existing file with such a name stays unchanged', async () => {
		const long = 'x'.repeat(122);
		const terminal = openTerminal([[long, key]]);
		expect(await terminal.run('openssl rand -out a.bin 4')).toMatchObject({ code: 0, stderr: '' });
		expect(terminal.files.get(long)).toEqual(key);
		const { code } = await terminal.run(`openssl rand -out ${long} 4`);
		expect(code).toBe(1);
		expect(terminal.files.get(long)).toEqual(key);
	});

	test.each(['mv key.bin ..', 'cp key.bin ../', 'cp key.bin /'])('%s', async (line) => {
		const terminal = openTerminal([['key.bin', key]]);
		const { stderr, code } = await terminal.run(line);
		expect(stderr).toMatch(/^(?:mv|cp): cannot overwrite directory '.*' with non-directory\n$/);
		expect(code).toBe(1);
		expect([...terminal.files]).toEqual([['key.bin', key]]);
	});

	test.each(['cp -i key.bin b', 'mv -i key.bin b'])('%s asks no question', async (line) => {
		const terminal = openTerminal([['key.bin', key]]);
		expect(await terminal.run(line)).toMatchObject({
			code: 1,
			stderr: expect.stringContaining("invalid option -- 'i'") as string
		});
		expect([...terminal.files.keys()]).toEqual(['key.bin']);
	});
});

describe.runIf(HAS_OPENSSL)('files move between the two', () => {
	test('wrapped here, opened there, and back', async () => {
		const terminal = openTerminal(fixture);
		await terminal.run(
			`openssl rand -out KeyMaterial.bin 32 && ${W} -inkey pub.pem ${SHA256} -in KeyMaterial.bin -out here.bin`
		);
		for (const name of ['KeyMaterial.bin', 'here.bin'])
			writeFileSync(join(folder, name), terminal.files.get(name) ?? '');
		expect(
			native(`${D} -in here.bin ${SHA256} | cmp - KeyMaterial.bin && echo same`, folder).stdout
		).toBe('same\n');
		execFileSync(
			'bash',
			['-c', `${W} -inkey pub.pem ${SHA256} -in KeyMaterial.bin -out there.bin`],
			{
				cwd: folder
			}
		);
		terminal.files.set('there.bin', new Uint8Array(readFileSync(join(folder, 'there.bin'))));
		const back = await terminal.run(
			`${D} -in there.bin ${SHA256} | cmp - KeyMaterial.bin && echo same`
		);
		expect(back.stdout).toBe('same\n');
	});

	test('SM2 in both directions', async () => {
		const terminal = openTerminal(fixture);
		const made = await terminal.run(`${W} -inkey sm2pub.pem -in key.bin -out sm2.der`);
		expect(made.code).toBe(0);
		writeFileSync(join(folder, 'sm2.der'), terminal.files.get('sm2.der') ?? '');
		const there = native('openssl pkeyutl -decrypt -inkey sm2priv.pem -in sm2.der', folder);
		expect(there.stdout).toBe('abcdefghijklmnopqrstuvwxyz012345');
		execFileSync('bash', ['-c', `${W} -inkey sm2pub.pem -in key.bin -out sm2.der`], {
			cwd: folder
		});
		terminal.files.set('sm2.der', new Uint8Array(readFileSync(join(folder, 'sm2.der'))));
		const here = await terminal.run('openssl pkeyutl -decrypt -inkey sm2priv.pem -in sm2.der');
		expect(here.stdout).toBe('abcdefghijklmnopqrstuvwxyz012345');
	});
});
