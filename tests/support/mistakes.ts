/** Mistakes with files of an import, as functions of bytes: each does what a person or a tool does. */
import { constants, createHash, publicEncrypt, type KeyObject } from 'node:crypto';
import type { Digest, Padding } from '$lib/crypto/every-padding';
import type { NamedLayer } from '$lib/diagnosis/diagnosis';
import type { Bytes } from '$lib/domain/bytes';
import { CODE_PAGES } from '$lib/recognition/code-pages';
import type { Seeded } from '$lib/scenario/seeded';

export type LayerName = NamedLayer['id'];

/** A change of a file after it was made. */
export interface FileMistake {
	readonly id: string;
	/** What is put around the bytes, from the outside in; empty if the service reads the file all the same. */
	readonly layers: readonly LayerName[];
	readonly make: (bytes: Bytes, random: Seeded) => Bytes;
	/** Bytes of which the change leaves a trace. */
	readonly needs?: (bytes: Bytes) => boolean;
	/** Why a token can't suffer it. */
	readonly notOfTokens?: string;
	/** Of which bytes the file does not say enough to undo the change, and why. The change itself can be told. */
	readonly unclear?: { readonly of: (bytes: Bytes) => boolean; readonly reason: string };
}

const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'utf8'));
const hex = (bytes: Bytes): string => Buffer.from(bytes).toString('hex');
const base64 = (bytes: Bytes): string => Buffer.from(bytes).toString('base64');
const pairs = (bytes: Bytes): string[] => hex(bytes).match(/../g) ?? [];
const joined = (...parts: readonly Iterable<number>[]): Bytes =>
	new Uint8Array(parts.flatMap((part) => [...part]));

/** Rows of 16 bytes, each with its offset. */
const rows = (bytes: Bytes, row: (offset: number, part: Bytes) => string): string =>
	Array.from({ length: Math.ceil(bytes.length / 16) }, (_, index) =>
		row(16 * index, bytes.slice(16 * index, 16 * index + 16))
	).join('\n') + '\n';

const printable = (bytes: Bytes): string =>
	Buffer.from(bytes)
		.toString('latin1')
		.replace(/[^ -~]/g, '.');

const digits = (value: number, base: number, length: number): string =>
	value.toString(base).padStart(length, '0');

export const xxd = (bytes: Bytes): string =>
	rows(bytes, (offset, part) => {
		const groups = hex(part).match(/.{1,4}/g) ?? [];
		return `${digits(offset, 16, 8)}: ${groups.join(' ').padEnd(39)}  ${printable(part)}`;
	});

const hexdumpC = (bytes: Bytes): string =>
	rows(bytes, (offset, part) => {
		const [left, right] = [pairs(part.slice(0, 8)).join(' '), pairs(part.slice(8)).join(' ')];
		return `${digits(offset, 16, 8)}  ${`${left}  ${right}`.padEnd(48)}  |${printable(part)}|`;
	}) + `${digits(bytes.length, 16, 8)}\n`;

const od = (bytes: Bytes): string =>
	rows(bytes, (offset, part) => {
		const words = Array.from(
			{ length: Math.ceil(part.length / 2) },
			(_, index) => (part[2 * index] ?? 0) + 256 * (part[2 * index + 1] ?? 0)
		);
		return `${digits(offset, 8, 7)} ${words.map((word) => digits(word, 8, 6)).join(' ')}`;
	}) + `${digits(bytes.length, 8, 7)}\n`;

const inLines = (text: string): string => (text.match(/.{1,64}/g) ?? []).join('\n');

function utf16(text: string, isBig: boolean, hasMark: boolean): Bytes {
	const encoded = Buffer.from((hasMark ? '\ufeff' : '') + text, 'utf16le');
	return new Uint8Array(isBig ? encoded.swap16() : encoded);
}

/** What PowerShell 5.1 writes for `>`: lines that it read with the console's code page, as UTF-16. */
export function redirected(bytes: Bytes, page: string): Bytes {
	const upper = CODE_PAGES.find(([name]) => name === page)?.[1]() ?? '';
	const text = [...bytes]
		.map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : (upper[byte - 0x80] ?? '')))
		.join('');
	const lines = text.split(/\r\n|\r|\n/);
	if (lines.at(-1) === '') lines.pop();
	return utf16(lines.map((line) => `${line}\r\n`).join(''), false, true);
}

const ofText = (
	id: string,
	layers: readonly LayerName[],
	write: (bytes: Bytes) => string
): FileMistake => ({ id, layers, make: (bytes) => utf8(write(bytes)) });

const CR = 0x0d;
const LF = 0x0a;

/** Of more than two there are more choices of CR or LF than a diagnosis tries: each is a private operation. */
const MOST_BREAKS = 2;
const breaks = (bytes: Bytes): number => bytes.filter((byte) => byte === CR || byte === LF).length;

const has =
	(...wanted: readonly number[]) =>
	(bytes: Bytes) =>
		bytes.some((_, at) => wanted.every((byte, index) => bytes[at + index] === byte));

const NO_NUMBER = 'a token is not a number, and begins with KIT1';

export const FILE_MISTAKES: readonly FileMistake[] = [
	ofText('hex in upper case', [], (bytes) => hex(bytes).toUpperCase()),
	ofText('colons', ['separatedHex'], (bytes) => pairs(bytes).join(':')),
	ofText('0x', ['prefixedHex'], (bytes) => `0x${hex(bytes)}`),
	ofText('xxd', ['hexDump'], xxd),
	ofText('hexdump -C', ['hexDump'], hexdumpC),
	ofText('od', ['octalDump'], od),
	ofText('decimal list', ['decimalList'], (bytes) => `[${bytes.join(', ')}]`),
	ofText('signed list', ['signedList'], (bytes) => `[${new Int8Array(bytes).join(', ')}]`),
	ofText('C array', ['codeArray', 'separatedHex'], (bytes) => {
		const list = pairs(bytes).map((pair) => `0x${pair}`);
		return `unsigned char key[] = {\n  ${list.join(', ')}\n};\n`;
	}),
	ofText('base64 twice', ['base64', 'base64'], (bytes) => base64(latin1(base64(bytes)))),
	{
		...ofText('base64url', ['base64url'], (bytes) => Buffer.from(bytes).toString('base64url')),
		needs: (bytes) => /[+/]/.test(base64(bytes))
	},
	{
		...ofText('base64 without =', ['base64OtherPadding'], (bytes) =>
			base64(bytes).replace(/=+$/, '')
		),
		needs: (bytes) => bytes.length % 3 !== 0,
		notOfTokens: 'the length of a token is a multiple of three'
	},
	ofText(
		'PEM lines',
		['pemLines', 'base64'],
		(bytes) => `-----BEGIN CERTIFICATE-----\n${inLines(base64(bytes))}\n-----END CERTIFICATE-----\n`
	),
	ofText('quotes', ['quotes', 'base64'], (bytes) => `"${base64(bytes)}"`),
	ofText('quotes around hex', ['quotes', 'hex'], (bytes) => `'${hex(bytes)}'\n`),
	ofText('Python bytes', ['pythonBytes', 'base64'], (bytes) => `b'${base64(bytes)}'\n`),
	ofText('JSON member', ['jsonMember', 'base64'], (bytes) =>
		JSON.stringify({ RequestId: 'c8f1', EncryptedKeyMaterial: base64(bytes) })
	),
	ofText(
		'data URL',
		['dataUrl', 'base64'],
		(bytes) => `data:application/octet-stream;base64,${base64(bytes)}`
	),
	{
		...ofText('URL-encoded', ['urlEncoded', 'base64'], (bytes) =>
			encodeURIComponent(base64(bytes))
		),
		needs: (bytes) => /[+/=]/.test(base64(bytes))
	},
	ofText('HTML', ['html', 'base64'], (bytes) => `<p>${base64(bytes)}</p>\n`),
	ofText('label', ['label', 'base64'], (bytes) => `EncryptedKeyMaterial: ${base64(bytes)}\n`),
	ofText('label before hex', ['label', 'hex'], (bytes) => `key=${hex(bytes)}\n`),
	...[true, false].flatMap((isBig) =>
		[true, false].map((hasMark): FileMistake => {
			const id = `UTF-16 ${isBig ? 'BE' : 'LE'}, ${hasMark ? 'with' : 'without'} mark`;
			const make = (bytes: Bytes) => utf16(`${base64(bytes)}\r\n`, isBig, hasMark);
			return { id, layers: ['utf16', 'base64'], make };
		})
	),
	{
		id: 'UTF-8 mark',
		layers: ['utf8Mark'],
		make: (bytes) => joined([0xef, 0xbb, 0xbf], bytes)
	},
	ofText('zero width space', ['invisibleCharacter', 'base64'], (bytes) =>
		base64(bytes).replace(/^.{40}/, '$&\u200b')
	),
	ofText('full width', ['fullWidth', 'hex'], (bytes) =>
		hex(bytes).replace(/./g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
	),
	{ id: 'LF behind', layers: ['lineBreakBehind'], make: (bytes) => joined(bytes, [LF]) },
	{ id: 'CRLF behind', layers: ['lineBreakBehind'], make: (bytes) => joined(bytes, [CR, LF]) },
	{
		id: 'LF to CRLF',
		layers: ['lineBreaksMade'],
		make: (bytes) => latin1(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n')),
		needs: has(LF)
	},
	{
		id: 'Latin-1 as UTF-8',
		layers: ['codePageUtf8'],
		make: (bytes) => utf8(Buffer.from(bytes).toString('latin1'))
	},
	...['437', '850'].map((page): FileMistake => ({
		id: `PowerShell with code page ${page}`,
		layers: ['codePageUtf16', 'lineBreaksMade'],
		make: (bytes) => redirected(bytes, page),
		unclear: {
			of: (bytes) => breaks(bytes) > MOST_BREAKS,
			reason:
				'PowerShell writes CR LF for each CR, LF and CR LF: of more than two, the file does not say which they were'
		}
	})),
	{
		id: 'reversed',
		layers: ['reversed'],
		make: (bytes) => bytes.toReversed(),
		notOfTokens: NO_NUMBER
	},
	{
		id: 'leading zero cut',
		layers: ['leadingZeroCut'],
		make: (bytes) => bytes.slice(1),
		needs: (bytes) => bytes[0] === 0,
		notOfTokens: NO_NUMBER
	},
	{
		id: 'sign byte',
		layers: ['signByte'],
		make: (bytes) => joined([0], bytes),
		needs: (bytes) => (bytes[0] ?? 0) > 0x7f,
		notOfTokens: NO_NUMBER
	}
];

/** Two mistakes that look the same: encrypted bytes look random, and so do other bytes than these. */
const LOOK_THE_SAME =
	'what another public key encrypted and what was changed afterwards are both bytes that no key decrypts';

/** Changes that no file shows: the diagnosis has to say that it can't tell. */
export const TRACELESS_CHANGES: readonly (Pick<FileMistake, 'id' | 'make'> & {
	readonly reason: string;
})[] = [
	{
		id: 'one byte changed',
		reason: LOOK_THE_SAME,
		make: (bytes, random) => {
			const at = random.below(bytes.length);
			const other = 1 + random.below(255);
			return bytes.map((byte, index) => (index === at ? byte ^ other : byte));
		}
	},
	{
		id: 'other bytes of this length',
		reason: LOOK_THE_SAME,
		make: (bytes, random) => random.randomBytes(bytes.length)
	}
];

/** Key material as other bytes, before it is encrypted. */
export const MATERIAL_MISTAKES: readonly FileMistake[] = [
	ofText('hex text', ['hex'], hex),
	ofText('hex text with a line break', ['hex'], (bytes) => `${hex(bytes)}\n`),
	ofText('base64 text', ['base64'], base64),
	ofText('base64 text with a line break', ['base64'], (bytes) => `${base64(bytes)}\n`),
	{ id: 'a line break behind', layers: ['lineBreakBehind'], make: (bytes) => joined(bytes, [LF]) }
];

export interface WrappingMistake {
	readonly id: string;
	readonly used: Padding;
	/** Of the call that gave the token, of another one, or of none whose private key the service has. */
	readonly publicKey: 'own' | 'other' | 'unknown';
	readonly wrap: (publicKey: KeyObject, plaintext: Bytes, random: Seeded) => Bytes;
	/** The same plaintext gives the same bytes. */
	readonly isFixed?: true;
}

/** @param digest a name of Node's that is none of the diagnosis's is tried too */
function hashOf(digest: string, ...parts: readonly Uint8Array[]): Buffer {
	const hash = createHash(digest.replace('SHA-', 'sha'));
	for (const part of parts) hash.update(part);
	return hash.digest();
}

/** RFC 8017 appendix B.2.1, and the exclusive or with it. */
function masked(bytes: Uint8Array, seed: Uint8Array, digest: Digest): Buffer {
	const blocks: Buffer[] = [];
	for (let made = 0; made < bytes.length; made += blocks.at(-1)?.length ?? 1) {
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(blocks.length);
		blocks.push(hashOf(digest, seed, counter));
	}
	const mask = Buffer.concat(blocks);
	return Buffer.from(bytes.map((byte, at) => byte ^ (mask[at] ?? 0)));
}

/** RFC 8017 section 7.1.1 step 2, for any two digests: Node uses one for both, and its own random bytes. */
function oaepEncoded(
	plaintext: Bytes,
	random: RandomBytes,
	{ digest, maskDigest }: Digests,
	label: string
): Buffer {
	const labelHash = hashOf(digest, Buffer.from(label));
	const zeros = Buffer.alloc(256 - plaintext.length - 2 * labelHash.length - 2);
	const block = Buffer.concat([labelHash, zeros, Buffer.from([1]), plaintext]);
	const seed = random.randomBytes(labelHash.length);
	const maskedBlock = masked(block, seed, maskDigest);
	return Buffer.concat([Buffer.alloc(1), masked(seed, maskedBlock, maskDigest), maskedBlock]);
}

/** RFC 8017 section 7.2.1 step 2. */
function pkcs1Encoded(plaintext: Bytes, random: Seeded): Buffer {
	const filling = random.randomBytes(256 - plaintext.length - 3).map((byte) => byte || 1);
	return Buffer.concat([Buffer.from([0, 2]), filling, Buffer.alloc(1), plaintext]);
}

const raised = (key: KeyObject, message: Buffer): Bytes =>
	new Uint8Array(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, message));

type RandomBytes = Pick<Seeded, 'randomBytes'>;

/** `digest` is any that Node has. */
interface Digests {
	readonly digest: string;
	readonly maskDigest: Digest;
}

export const oaepWrapped = (
	key: KeyObject,
	plaintext: Bytes,
	random: RandomBytes,
	digests: Digests,
	label = ''
): Bytes => raised(key, oaepEncoded(plaintext, random, digests, label));

function oaep(digest: Digest, maskDigest = digest, label = ''): WrappingMistake {
	const used: Padding =
		label === ''
			? { scheme: 'RSAES_OAEP', digest, maskDigest }
			: {
					scheme: 'RSAES_OAEP_OTHER_LABEL',
					maskDigest,
					labelHashBytes: hashOf(digest).length
				};
	return {
		id: `OAEP ${digest}, MGF1 ${maskDigest}${label && ', label'}`,
		used,
		publicKey: 'own',
		wrap: (key, plaintext, random) =>
			oaepWrapped(key, plaintext, random, { digest, maskDigest }, label)
	};
}

/** As the call of the procedure asks for. */
export const AS_ASKED: WrappingMistake = oaep('SHA-256');

export const WRAPPING_MISTAKES: readonly WrappingMistake[] = [
	oaep('SHA-1'),
	oaep('SHA-256', 'SHA-1'),
	oaep('SHA-1', 'SHA-256'),
	oaep('SHA-512', 'SHA-1'),
	oaep('SHA-384'),
	oaep('SHA-256', 'SHA-256', 'kms'),
	{
		id: 'PKCS #1 v1.5',
		used: { scheme: 'RSAES_PKCS1_V1_5' },
		publicKey: 'own',
		wrap: (key, plaintext, random) => raised(key, pkcs1Encoded(plaintext, random))
	},
	{
		id: 'no padding',
		used: { scheme: 'none', zeros: 'before' },
		publicKey: 'own',
		isFixed: true,
		wrap: (key, plaintext) =>
			raised(key, Buffer.concat([Buffer.alloc(256 - plaintext.length), plaintext]))
	},
	{ ...AS_ASKED, id: 'public key of another call', publicKey: 'other' }
];

export const TRACELESS_WRAPPING: WrappingMistake & { readonly reason: string } = {
	...AS_ASKED,
	id: 'public key of no call',
	publicKey: 'unknown',
	reason: LOOK_THE_SAME
};
