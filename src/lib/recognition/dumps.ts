/** Dumps: lines that begin with an offset, as xxd, hexdump, od, certutil and openssl print them. */
import type { Bytes } from '../domain/bytes';
import { ESCAPES } from './escapes';

interface Line {
	readonly offset: string;
	/** A colon, or a hyphen between spaces: xxd's and openssl's, which write bytes in their order. */
	readonly isOrdered: boolean;
	readonly rest: string;
}

const LINE = /^\s*(?:0x)?([0-9a-f]{4,16})(:|\s-(?=\s)|)[ \t]+(\S[^\n]*)$/i;

const FIRST_LINE = /^\s*(?:0x)?0{4,16}[:\s]/;
const MOST_HEADINGS = 8;

interface Dump {
	readonly lines: readonly Line[];
	/** The offset of the end, in a line of its own. */
	readonly end: string | undefined;
}

function read(text: string): Dump | undefined {
	const lines: Line[] = [];
	let end: string | undefined;
	const all = text.split(/\r?\n/);
	// the headings of PowerShell's Format-Hex
	const start = all.slice(0, MOST_HEADINGS).findIndex((one) => FIRST_LINE.test(one));
	for (const one of start < 0 ? [] : all.slice(start)) {
		if (one.trim() === '') continue;
		const alone = /^\s*(?:0x)?([0-9a-f]{4,16}):?\s*$/i.exec(one)?.[1];
		if (alone !== undefined) {
			end = alone;
			continue;
		}
		const [, offset, mark, rest] = LINE.exec(one) ?? [];
		if (offset === undefined || rest === undefined) return undefined;
		lines.push({ offset, isOrdered: mark !== '', rest });
	}
	return lines.length > 0 ? { lines, end } : undefined;
}

const USUAL_WIDTH = 16;

/** @returns the base of the offsets, by the second of them */
function baseOf([, second]: readonly Line[]): 8 | 10 | 16 | undefined {
	if (!second) return undefined;
	const { offset, isOrdered } = second;
	if (isOrdered || offset.length >= 8 || /^0*10$/.test(offset)) return 16;
	return /^0*16$/.test(offset) ? 10 : 8;
}

/** @returns the bytes of the only line. Behind an offset with a mark, the characters beside the digits come after two spaces */
function widthOf([only]: readonly Line[]): number {
	if (!only?.isOrdered) return USUAL_WIDTH;
	const [row = ''] = only.rest.split(/\s{2}/, 1);
	return Math.max(USUAL_WIDTH, (row.match(/[0-9a-f]{2}/gi) ?? []).length);
}

/** Words are filled up with zeros at the end, where the last one is not whole. */
const MOST_FILLED = 7;

/** @returns the bytes up to the offset of the end */
function upTo(end: number, bytes: readonly number[]): readonly number[] {
	const filled = bytes.length - end;
	return filled > 0 && filled <= MOST_FILLED ? bytes.slice(0, end) : bytes;
}

/** @returns the bytes of one group of digits; undefined for any other text */
type Group = (digits: string, isOrdered: boolean) => readonly number[] | undefined;

/** @returns the bytes of one line; undefined for any other line */
type Row = (line: Line, width: number) => readonly number[] | undefined;

/**
 * The characters beside the digits come after three spaces or a vertical line, or after as many digits as a line has. OpenSSL
 * writes a hyphen between the halves.
 */
const ofHex =
	(groupOf: Group, beside = /\s{3}|\|/): Row =>
	({ rest, isOrdered }, width) => {
		const [row = ''] = rest.split(beside, 1);
		const bytes: number[] = [];
		for (const digits of row.trim().split(/\s+|-(?=\w\w )|(?<=\w\w)-/)) {
			const group = bytes.length < width ? groupOf(digits, isOrdered) : undefined;
			if (!group) break;
			bytes.push(...group);
		}
		return bytes;
	};

/** Decimal and octal numbers stand in columns, with spaces in front of short ones, and no colon behind the offset. */
const ofColumns =
	(groupOf: Group): Row =>
	({ rest, isOrdered }, width) => {
		const [row = ''] = rest.split(/[|>]/, 1);
		const groups = row.trim().split(/\s+/);
		if (isOrdered || groups.length > width) return undefined;
		const bytes = groups.map((digits) => groupOf(digits, isOrdered));
		return bytes.includes(undefined) ? undefined : bytes.flatMap((one) => one ?? []);
	};

function dump(found: Dump | undefined, rowOf: Row): readonly number[] | undefined {
	if (!found) return undefined;
	const { lines, end } = found;
	const base = baseOf(lines);
	const width = base === undefined ? widthOf(lines) : Number.parseInt(lines[1]?.offset ?? '', base);
	if (!width) return undefined;
	const bytes: number[] = [];
	for (const [index, line] of lines.entries()) {
		const row = rowOf(line, width) ?? [];
		const isLast = index === lines.length - 1;
		if (isLast ? row.length === 0 || row.length > width : row.length !== width) return undefined;
		bytes.push(...row);
	}
	return base === undefined || end === undefined ? bytes : upTo(Number.parseInt(end, base), bytes);
}

const pairsOf = (digits: string): number[] =>
	(digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

function hexGroup(digits: string, isOrdered: boolean): readonly number[] | undefined {
	if (!/^(?:[0-9a-f]{2}){1,16}$/i.test(digits)) return undefined;
	const bytes = pairsOf(digits);
	// without a mark a longer group is a number, written from its highest byte
	return isOrdered ? bytes : bytes.reverse();
}

function octalGroup(digits: string): readonly number[] | undefined {
	if (!/^(?:[0-3][0-7]{2}|[01][0-7]{5})$/.test(digits)) return undefined;
	const value = Number.parseInt(digits, 8);
	return digits.length === 3 ? [value] : [value & 0xff, value >> 8];
}

/** @param size of a number, in bytes; the lowest comes first */
const decimalGroup =
	(size: number): Group =>
	(digits) => {
		if (!/^-?\d{1,20}$/.test(digits)) return undefined;
		const value = BigInt(digits);
		const [unsigned, signed] = [BigInt.asUintN(8 * size, value), BigInt.asIntN(8 * size, value)];
		if (value !== unsigned && value !== signed) return undefined;
		return Array.from({ length: size }, (_, at) =>
			Number(BigInt.asUintN(8, value >> BigInt(8 * at)))
		);
	};

const bitGroup = (digits: string): readonly number[] | undefined =>
	/^[01]{8}$/.test(digits) ? [Number.parseInt(digits, 2)] : undefined;

/** xxd -e: groups with a mark that are numbers all the same. The characters beside them show it. */
const littleGroup: Group = (digits) =>
	digits.length > 2 ? hexGroup(digits, false) : hexGroup(digits, true);

/** @returns whether the characters at the end of the first line are those of its bytes */
function fits(text: string, bytes: readonly number[]): boolean {
	const [first = ''] = text.split('\n', 1);
	const line = bytes.slice(0, USUAL_WIDTH);
	const shown = line.map((byte) => (byte < 0x20 || byte > 0x7e ? '.' : String.fromCharCode(byte)));
	return first.trimEnd().endsWith(shown.join('').trimEnd());
}

const PAIRS_WITHOUT_OFFSET = /^\s*((?:[0-9a-f]{2} {1,3}){15}[0-9a-f]{2})(?: {2,}\S.*)?$/i;
const LAST_WITHOUT_OFFSET = /^\s*((?:[0-9a-f]{2} {1,2}){1,15}[0-9a-f]{2})(?: {3,}\S.*)?$/i;

/** certutil -encodehex 5: sixteen pairs and their characters. */
function withoutOffset(text: string): readonly number[] | undefined {
	const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	if (!/^\s*[0-9a-f]{2} .* {2}\S/i.test(lines[0] ?? '')) return undefined;
	let digits = '';
	for (const [at, line] of lines.entries()) {
		const pairs =
			PAIRS_WITHOUT_OFFSET.exec(line) ??
			(at === lines.length - 1 ? LAST_WITHOUT_OFFSET.exec(line) : null);
		if (!pairs) return undefined;
		digits += pairs[1]?.replaceAll(' ', '') ?? '';
	}
	return pairsOf(digits);
}

/** hexdump -x, with four spaces between the words. */
const NOTHING_BESIDE = /$/;

function readHexDump(text: string): readonly number[] | undefined {
	const found = read(text);
	const bytes = dump(found, ofHex(hexGroup)) ?? dump(found, ofHex(hexGroup, NOTHING_BESIDE));
	if (!bytes) return withoutOffset(text);
	if (!/^\s*0+: [0-9a-f]{4}/i.test(text) || fits(text, bytes)) return bytes;
	const turned = dump(found, ofHex(littleGroup));
	return turned && fits(text, turned) ? turned : bytes;
}

/** Hexadecimal of hexadecimal text, of the spaces in it, and of it as UTF-16, has only digits. */
export const isHexOfHex = (digits: string): boolean =>
	/^(?:00)?(?:(?:20|3\d|[46][1-6])(?:00)?)+$/.test(digits);

/** Other groups of digits without a letter, in any number of lines, are not hexadecimal. */
function isHexadecimal(bytes: readonly number[]): boolean {
	const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return /[a-f]/.test(digits) || isHexOfHex(digits);
}

export function isHexDump(text: string): boolean {
	const bytes = readHexDump(text);
	return bytes !== undefined && isHexadecimal(bytes);
}

const whole = (bytes: readonly number[] | undefined): Bytes | undefined =>
	bytes && new Uint8Array(bytes);

export function hexDump(text: string): Bytes | undefined {
	const bytes = readHexDump(text);
	return bytes && isHexadecimal(bytes) ? whole(bytes) : undefined;
}

export const octalDump = (text: string): Bytes | undefined =>
	whole(dump(read(text), ofColumns(octalGroup)));

/** `od -tu1`, `-d`, `-i` and others: as many numbers in a line as its bytes need. */
const DECIMALS = [1, 2, 4, 8].map((size) => ofColumns(decimalGroup(size)));

export function decimalDump(text: string): Bytes | undefined {
	const found = isHexDump(text) ? undefined : read(text);
	for (const form of DECIMALS) {
		const bytes = dump(found, form);
		if (bytes) return whole(bytes);
	}
	return undefined;
}

/** xxd -b */
export const bitDump = (text: string): Bytes | undefined =>
	whole(dump(read(text), ofHex(bitGroup)));

/** od -c, and hexdump -c, whose offsets are hexadecimal: four columns for each byte, a character or its escape. */
export function characterDump(text: string): Bytes | undefined {
	if (!/^(?:0{7})? (?: {2}\S|\d{3}| \\\w)/.test(text)) return undefined;
	const bytes: number[] = [];
	for (const line of text.split(/\r?\n/)) {
		const cells = line.replace(/^[0-9a-f]{7}/, '').match(/.{4}/g) ?? [];
		for (const cell of cells) {
			const shown = cell === '    ' ? ' ' : cell.trim();
			const code = /^[0-3][0-7]{2}$/.test(shown)
				? Number.parseInt(shown, 8)
				: /^\\.$/.test(shown)
					? ESCAPES.get(shown.slice(1))
					: shown.length === 1
						? shown.charCodeAt(0)
						: undefined;
			if (code === undefined) return undefined;
			bytes.push(code);
		}
	}
	return bytes.length < USUAL_WIDTH ? undefined : new Uint8Array(bytes);
}
