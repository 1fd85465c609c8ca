/**
 * file: the kind of a file, in the words of file 5.44, for the kinds that trainees meet. Other kinds of text are shown as text,
 * and other kinds of bytes as data.
 */
/* eslint-disable no-control-regex -- formats, and the control characters of texts */
import { bytesToBinary } from '../binary';
import {
	done,
	failed,
	invalidOption,
	NO_FILE,
	options,
	readOperand,
	type Input,
	type Output
} from '../io';

const LONG = new Map([['--brief', 'b']]);
const USAGE = 'Usage: file [-b] <file> ...\n';

export function file(input: Input): Output {
	const { flags, operands, unknown } = options(input.args, 'b', '', LONG);
	if (unknown !== undefined) return invalidOption('file', unknown);
	if (operands.length === 0) return failed(USAGE);
	const width = operands.reduce((most, name) => Math.max(most, name.length), 0);
	const lines = operands.map((name) => {
		const shown = name === '-' ? '/dev/stdin' : name;
		const title = flags.has('b') ? '' : `${shown}: ${' '.repeat(width - name.length)}`;
		return `${title}${kindOf(name, input)}\n`;
	});
	return done(lines.join(''));
}

function kindOf(name: string, input: Input): string {
	if (/^\.{0,2}\/*$/.test(name) && name !== '') return 'directory';
	const bytes = readOperand(name, input);
	if (!bytes) return `cannot open \`${name}' (${NO_FILE})`;
	if (bytes.length === 0) return 'empty';
	if (bytes.length === 1) return 'very short file (no magic)';
	return jsonKind(bytes) ?? formatKind(bytes) ?? textKind(bytes.subarray(0, TEXT_BYTES)) ?? 'data';
}

/** @see https://github.com/file/file/blob/FILE5_44/src/is_json.c */
function jsonKind(bytes: Uint8Array): string | undefined {
	const text = bytesToBinary(bytes);
	if (!/^\s*[[{]/.test(text)) return undefined;
	if (isJson(text)) return 'JSON text data';
	const lines = text.replace(/\n$/, '').split('\n');
	return lines.every(isJson) ? 'New Line Delimited JSON text data' : undefined;
}

function isJson(text: string): boolean {
	try {
		return typeof JSON.parse(text) === 'object';
	} catch {
		return false;
	}
}

/** The starts of formats, in the order in which they are tried. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
	[/^-----BEGIN CERTIFICATE REQ/, 'PEM certificate request'],
	[/^-----BEGIN CERTIFICATE-----/, 'PEM certificate'],
	[/^-----BEGIN RSA PRIVATE/, 'PEM RSA private key'],
	[/^-----BEGIN DSA PRIVATE/, 'PEM DSA private key'],
	[/^-----BEGIN EC PRIVATE/, 'PEM EC private key'],
	[/^-----BEGIN OPENSSH PRIVATE KEY/, 'OpenSSH private key'],
	[/^0\x82..0\x82..\xa0\x03\x02\x01\x02/s, 'Certificate, Version=3'],
	[/^0\x82..0\x82..\x02\x01\x000/s, 'DER Encoded Certificate request'],
	[/^PK\x05\x06/, 'Zip archive data (empty)']
];

function formatKind(bytes: Uint8Array): string | undefined {
	const start = bytesToBinary(bytes.subarray(0, 600));
	const found = FORMATS.find(([pattern]) => pattern.test(start));
	return found?.[1] ?? keyPairKind(start) ?? gzipKind(bytes, start) ?? zipKind(start);
}

/** RSA keys in DER: of PKCS #1, or of PKCS #8, which contains the former. */
const KEY_PAIR =
	/^0\x82..\x02\x01\x00(?:0\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x04\x82..0\x82..\x02\x01\x00)?\x02(?:\x81(.)|\x82(..))/s;

function keyPairKind(start: string): string | undefined {
	const found = KEY_PAIR.exec(start);
	if (!found) return undefined;
	const length = Array.from(found[1] ?? found[2] ?? '', (byte) => byte.charCodeAt(0));
	const bytes = length.reduce((sum, byte) => sum * 256 + byte, 0);
	return `DER Encoded Key Pair, ${String((bytes - 1) * 8)} bits`;
}

const HAS_NAME = 8;
const MOST_COMPRESSION = new Map([
	[2, ', max compression'],
	[4, ', max speed']
]);
const SYSTEMS = new Map([
	[0, ', from FAT filesystem (MS-DOS, OS/2, NT)'],
	[3, ', from Unix'],
	[11, ', from NTFS filesystem (NT)']
]);

/** A header of RFC 1952. */
function gzipKind(bytes: Uint8Array, start: string): string | undefined {
	if (!start.startsWith('\x1f\x8b') || bytes.length < 18) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const [flags, seconds] = [view.getUint8(3), view.getUint32(4, true)];
	const name = /^[^\0]*/.exec(start.slice(10))?.[0] ?? '';
	return [
		'gzip compressed data',
		(flags & 12) === HAS_NAME ? `, was "${name}"` : '',
		seconds > 0 ? `, last modified: ${dateText(seconds)}` : '',
		MOST_COMPRESSION.get(view.getUint8(8)) ?? '',
		SYSTEMS.get(view.getUint8(9)) ?? '',
		`, original size modulo 2^32 ${String(view.getUint32(bytes.length - 4, true))}`
	].join('');
}

/** As ctime(3), in UTC. */
function dateText(seconds: number): string {
	const [, day, date = '', month, year, time] =
		/^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(seconds * 1000).toUTCString()) ?? [];
	return [day, month, String(Number(date)).padStart(2), time, year].join(' ');
}

const METHODS = new Map([
	[0, ', compression method=store'],
	[8, ', compression method=deflate']
]);

function zipKind(start: string): string | undefined {
	if (!start.startsWith('PK\x03\x04')) return undefined;
	const version = start.charCodeAt(4);
	const number = `${String(Math.floor(version / 10))}.${String(version % 10)}`;
	return `Zip archive data, at least v${number} to extract${METHODS.get(start.charCodeAt(8)) ?? ''}`;
}

/** How much of a file decides which text it is. */
const TEXT_BYTES = 65_536;
const LONGEST_LINE = 300;
const BOM = '\ufeff';
/** Control characters that occur in texts. */
const ASCII = /^[\x07-\x0d\x1b\x20-\x7e\x85]*$/;
const LATIN_1 = /^[\x07-\x0d\x1b\x20-\x7e\x85\xa0-\xff]*$/;
const EXTENDED = /^[\x07-\x0d\x1b\x20-\x7e\x80-\xff]*$/;

/** @see https://github.com/file/file/blob/FILE5_44/src/encoding.c */
function textKind(bytes: Uint8Array): string | undefined {
	const binary = bytesToBinary(bytes);
	if (ASCII.test(binary)) return `ASCII text${detailsOf(binary)}`;
	const utf8 = decoded('utf-8', bytes);
	if (utf8 !== undefined && isPlain(utf8)) {
		const isMarked = utf8.startsWith(BOM) && utf8.length > 1;
		const text = isMarked ? utf8.slice(1) : utf8;
		return `Unicode text, UTF-8${isMarked ? ' (with BOM)' : ''} text${detailsOf(text)}`;
	}
	for (const [mark, encoding, order] of UTF_16) {
		const text = binary.startsWith(mark)
			? decoded(encoding, bytes.subarray(2, bytes.length - (bytes.length % 2)))
			: undefined;
		if (text !== undefined && isPlain(text))
			return `Unicode text, UTF-16, ${order}-endian text${detailsOf(text)}`;
	}
	if (LATIN_1.test(binary)) return `ISO-8859 text${detailsOf(binary)}`;
	return EXTENDED.test(binary) ? `Non-ISO extended-ASCII text${detailsOf(binary)}` : undefined;
}

const UTF_16 = [
	['\xff\xfe', 'utf-16le', 'little'],
	['\xfe\xff', 'utf-16be', 'big']
] as const;

function decoded(encoding: string, bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** No control characters but those of texts. */
const isPlain = (text: string): boolean => !/[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]/.test(text);

/** @see https://github.com/file/file/blob/FILE5_44/src/ascmagic.c */
function detailsOf(text: string): string {
	const endings: readonly string[] = text.match(/\r\n|[\r\n\x85]/g) ?? [];
	const kinds = ENDINGS.filter(([ending]) => endings.includes(ending)).map(([, name]) => name);
	const isOrdinary = kinds.length === 1 && kinds[0] === 'LF';
	const longest = text
		.split(/[\r\n\x85]/)
		.reduce((most, line) => Math.max(most, Array.from(line).length), 0);
	return [
		longest > LONGEST_LINE ? `, with very long lines (${String(longest)})` : '',
		isOrdinary ? '' : `, with ${kinds.length === 0 ? 'no' : kinds.join(', ')} line terminators`,
		text.includes('\x1b') ? ', with escape sequences' : '',
		text.includes('\b') ? ', with overstriking' : ''
	].join('');
}

const ENDINGS = [
	['\r\n', 'CRLF'],
	['\r', 'CR'],
	['\n', 'LF'],
	['\x85', 'NEL']
] as const;
