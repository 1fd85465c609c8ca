/** The content inside all layers, recognised by length, first bytes, outline or words. */
import { MATERIAL_BYTES, WRAPPED_BYTES } from '../domain/algorithms';
import { bytesToHex, startsWith, type Bytes } from '../domain/bytes';
import { IMPORT_TOKEN_MAGIC, TOKEN_BYTES } from '../domain/import-parameters';
import { procedureFile, type ProcedureFile } from '../domain/uploaded-file';
import { outline } from './der';
import { utf16 } from './encodings';
import { holdsObjectWith, objectWith, parsedJson } from './json';
import type { Detail, Inside } from './layer';
import { isWordsAsBase64 } from './numbers';

/** How unlikely a coincidence is: 3 a structure, 2 an exact length, 1 a usual length or the look of a text. */
export type Certainty = 0 | 1 | 2 | 3;

export interface Kind<Id extends string = string> {
	readonly id: Id;
	readonly certainty: Certainty;
	/** A service returns it together with other values, and the user meant one of those. */
	readonly isBesideOthers?: true;
	/** Words that are taken for digits may begin so. */
	readonly isInWords?: true;
	/** @returns whether it is this kind, or the detail of this member */
	readonly is: (content: Inside) => boolean | Detail;
}

const ofBytes = <const Id extends string>(
	id: Id,
	certainty: Certainty,
	is: (bytes: Bytes) => boolean,
	traits?: Pick<Kind, 'isBesideOthers' | 'isInWords'>
): Kind<Id> => ({
	id,
	certainty,
	is: (content) => content.form === 'bytes' && is(content.bytes),
	...traits
});

const ofText = <const Id extends string>(
	id: Id,
	certainty: Certainty,
	is: (text: string) => boolean | Detail
): Kind<Id> => ({ id, certainty, is: (content) => content.form === 'text' && is(content.text) });

const begins = (...first: readonly number[]) => {
	const prefix = new Uint8Array(first);
	return (bytes: Bytes): boolean => startsWith(bytes, prefix);
};

/** @param at where the ASCII text stands */
const says = (text: string, at = 0) => {
	const prefix = Uint8Array.from(text, (character) => character.charCodeAt(0));
	return (bytes: Bytes): boolean => startsWith(bytes.subarray(at), prefix);
};

const has =
	(length: number) =>
	(bytes: Bytes): boolean =>
		bytes.length === length;

const isProcedures =
	(file: ProcedureFile) =>
	(bytes: Bytes): boolean =>
		procedureFile(bytes) === file;

/** A shorter file in a buffer of this length ends so. */
const endsInZeros = (bytes: Bytes): boolean => bytes.subarray(-4).every((byte) => byte === 0);

const shaped = (shape: RegExp) => (bytes: Bytes) => shape.test(outline(bytes) ?? '');

/** JKS and JCEKS. */
const JAVA_KEY_STORES = [begins(0xfe, 0xed, 0xfe, 0xed), begins(0xce, 0xce, 0xce, 0xce)];

/**
 * By its first bytes, so that a large one is known by its beginning (RFC 7292 section 4). Of indefinite length too (ITU-T X.690
 * section 8.1.3.6): programs write it if they don’t know the length in advance.
 */
const isPfx = (bytes: Bytes): boolean =>
	/^30(?:80|81..|82.{4}|83.{6})02010330/.test(bytesToHex(bytes.subarray(0, 10)));
/** RFC 7468, RFC 9580, RFC 4716, PuTTY and `openssl pkey -text`. */
const PRIVATE_KEY_LINE =
	/---- ?BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY( BLOCK)? ?----|^PuTTY-User-Key-File-|^(RSA )?Private-Key: \(/m;
/** One character for each byte: names beside the key may be in any encoding. */
const LATIN1 = new TextDecoder('latin1');

/** Begins with an object identifier of PKCS #7 (RFC 5652 section 14). */
const isBerCms = begins(
	...[0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07]
);

const startsLikeToken = (bytes: Bytes): boolean => startsWith(bytes, IMPORT_TOKEN_MAGIC);

/** A version and a random UUID in the place where the CMK is named (RFC 9562 section 5.4). */
const isBlob = (bytes: Bytes): boolean =>
	bytes[0] === 1 &&
	bytes.length > 40 &&
	((bytes[7] ?? 0) & 0xf0) === 0x40 &&
	((bytes[9] ?? 0) & 0xc0) === 0x80 &&
	bytes.length !== WRAPPED_BYTES;

/**
 * Programs that read bytes as UTF-8 text replace the bytes that aren’t text with U+FFFD: nearly half of random bytes. Fewer of them
 * are in a label or beside the digits of a dump, and say nothing about the rest.
 *
 * @param count of U+FFFD in so many characters
 */
const areReplaced = (count: number, characters: number): boolean =>
	count >= 3 && count > characters / 8;

function isReplaced(bytes: Bytes): boolean {
	let count = 0;
	for (let at = 0; at + 2 < bytes.length; at++)
		if (bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++;
	return areReplaced(count, bytes.length - 2 * count);
}

/** Half of random bytes are 0x80 or more. Programs that convert bytes to ASCII replace those with question marks. */
function isQuestionMarks(bytes: Bytes): boolean {
	let marks = 0;
	for (const byte of bytes) if (byte === 0x3f) marks++;
	return (
		bytes.length >= MATERIAL_BYTES && marks > bytes.length / 4 && bytes.every((byte) => byte < 0x80)
	);
}

/** UTF-16 with a mark and few ASCII characters: bytes were read as text with a code page that doesn’t have all of them. */
function isUtf16OfBytes(bytes: Bytes): boolean {
	const marked =
		(bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	const text = marked ? utf16(bytes) : undefined;
	return (
		text !== undefined && Array.from(text).filter((one) => one > '\x7f').length > text.length / 4
	);
}

/** One or two line breaks may come between two files, or after them. */
const MOST_BETWEEN = 2;

function isTwoFiles(bytes: Bytes): boolean {
	const magicAt = (at: number) => startsLikeToken(bytes.subarray(at));
	if (bytes.length > WRAPPED_BYTES && magicAt(WRAPPED_BYTES)) return true;
	return (
		startsLikeToken(bytes) &&
		TOKEN_BYTES.some((length) => {
			const rest = bytes.length - length - WRAPPED_BYTES;
			return magicAt(length) || (rest >= 0 && rest <= MOST_BETWEEN);
		})
	);
}

const hasMembers = (text: string, ...names: readonly string[]): boolean =>
	objectWith(text, ...names) !== undefined;

/** A shorter line, other than the last one, is not a line of digits. */
function isLineOfDigits(line: string, isLast: boolean, longest: number): boolean {
	return isLast ? line.length >= SHORTEST_LINE : 2 * line.length >= longest;
}
const SHORTEST_LINE = 8;

const firstOther = (text: string, other: RegExp): Detail | undefined => {
	const trimmed = text.trim();
	const [first, , , fourth] = trimmed.matchAll(other);
	if (!first || fourth || trimmed.length < MATERIAL_BYTES) return undefined;
	const lines = trimmed.split('\n').map((line) => line.trim());
	const longest = lines.reduce((most, { length }) => Math.max(most, length), 0);
	const isElsewhere = lines.some(
		(line, at) => line.search(other) >= 0 && !isLineOfDigits(line, at === lines.length - 1, longest)
	);
	if (isElsewhere) return undefined;
	return { character: first[0], before: Array.from(trimmed.slice(0, first.index)).length };
};

const joined = (text: string): string =>
	text
		.split('\n')
		.map((line) => line.trim())
		.join('');

const NOT_HEX = /[^0-9a-f\s]/giu;
const NOT_BASE64 = /[^A-Za-z0-9+/=\s]/gu;

/** Text that is hexadecimal or base64, except for up to three characters. Names and paths look like base64. */
function oddCharacter(text: string): Detail | false {
	if (/\s/.test(joined(text))) return false;
	const ofHex = firstOther(text, NOT_HEX);
	if (ofHex) return ofHex;
	const ofBase64 = firstOther(text, NOT_BASE64);
	return ofBase64 && !isWordsAsBase64(text.replace(NOT_BASE64, '')) ? ofBase64 : false;
}

const BESIDE_OTHERS = { isBesideOthers: true } as const;
const IN_WORDS = { isInWords: true } as const;

/** The first match counts. */
export const KINDS = [
	ofBytes('empty', 3, has(0)),
	ofText('empty', 3, (text) => text.trim() === ''),
	ofBytes('twoFiles', 3, isTwoFiles),
	ofBytes('importToken', 3, isProcedures('importToken')),
	ofBytes('publicKey', 3, isProcedures('publicKey'), BESIDE_OTHERS),
	ofBytes('otherPublicKey', 3, shaped(/^s\(d[nds]?\)b$/), BESIDE_OTHERS),
	ofBytes('pkcs1PublicKey', 3, (bytes) => bytes.length > 128 && shaped(/^ii$/)(bytes)),
	ofBytes('certificate', 3, shaped(/^s\(c?is{5}\W*\)s\(d[ns]?\)b$/), BESIDE_OTHERS),
	ofBytes('certificateRequest', 3, shaped(/^s\(issc?\)s\(d[ns]?\)b$/)),
	ofBytes('privateKey', 3, shaped(/^i{9}|^is\(d[nds]?\)o|^io[c?]+$|^s\(ds\)o$/)),
	ofBytes(
		'keyStore',
		3,
		(bytes) => isPfx(bytes) || JAVA_KEY_STORES.some((isStore) => isStore(bytes)),
		IN_WORDS
	),
	ofBytes('cms', 3, (bytes) => shaped(/^dc$/)(bytes) || isBerCms(bytes)),
	ofBytes('sm2Ciphertext', 3, shaped(/^iioo$/)),
	ofBytes('privateKey', 3, says('openssh-key-v1\0')),
	ofBytes('privateKey', 3, (bytes) => PRIVATE_KEY_LINE.test(LATIN1.decode(bytes))),
	ofText('privateKey', 3, (text) => PRIVATE_KEY_LINE.test(text)),
	ofText('privateKey', 3, (text) => holdsObjectWith(text, 'kty', 'd')),
	ofText('publicKeyJwk', 3, (text) => hasMembers(text, 'kty', 'n') || hasMembers(text, 'kty', 'x')),
	ofText('publicKeyOpenSsh', 3, (text) =>
		/^\s*(ssh-(rsa|ed25519)|ecdsa-sha2-\S+) AAAA|^---- BEGIN SSH2 PUBLIC KEY ----/.test(text)
	),
	ofText('azureEnvelope', 3, (text) => hasMembers(text, 'schema_version', 'header', 'ciphertext')),
	ofBytes('zip', 3, begins(0x50, 0x4b, 0x03, 0x04)),
	ofBytes('gzip', 3, begins(0x1f, 0x8b, 0x08)),
	ofBytes('bzip2', 3, says('BZh')),
	ofBytes('xz', 3, begins(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)),
	ofBytes('sevenZip', 3, begins(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)),
	ofBytes('tar', 3, says('ustar', 257)),
	ofBytes('opensslEnc', 3, says('Salted__')),
	ofText('pgp', 3, (text) => /-----BEGIN PGP /.test(text)),
	ofBytes('cipherTextBlob', 3, isBlob, IN_WORDS),
	ofBytes('replaced', 3, isReplaced),
	ofText('replaced', 3, (text) => areReplaced(text.match(/\ufffd/g)?.length ?? 0, text.length)),
	ofBytes('questionMarks', 3, isQuestionMarks),
	ofBytes('damagedToken', 2, startsLikeToken),
	ofBytes('wrapped', 2, isProcedures('wrapped')),
	ofBytes('rsa3072', 2, (bytes) => has(384)(bytes) && !endsInZeros(bytes)),
	ofBytes('rsa4096', 2, (bytes) => has(512)(bytes) && !endsInZeros(bytes)),
	ofBytes('material', 2, isProcedures('material')),
	ofBytes('aesKeyWrap', 1, has(40)),
	ofBytes('hybridWrap', 1, has(WRAPPED_BYTES + 40)),
	ofBytes('twoFiles', 1, has(MATERIAL_BYTES + WRAPPED_BYTES)),
	ofBytes('otherKeyLength', 1, (bytes) => [16, 24, 48, 64].includes(bytes.length)),
	ofBytes('utf16OfBytes', 1, isUtf16OfBytes),
	ofText('oddHex', 1, (text) => {
		const digits = text.replace(/\s+/g, '');
		return (
			digits.length > 16 &&
			digits.length % 2 === 1 &&
			/^[0-9a-f]+$/i.test(digits) &&
			/[a-f]/i.test(digits)
		);
	}),
	ofText('oddCharacter', 1, oddCharacter),
	ofText('json', 1, (text) => parsedJson(text) !== undefined),
	ofText('webPage', 1, (text) => /<(!doctype|html|body|head|\?xml)\b/i.test(text)),
	ofText('plainText', 0, () => true),
	ofBytes('otherBytes', 0, () => true)
] as const satisfies readonly Kind[];

export type ContentId = (typeof KINDS)[number]['id'];
