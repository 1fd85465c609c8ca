/** Dumps: lines that begin with an offset, as xxd, hexdump, od, certutil and openssl print them. */
import { hexToBytes, type Bytes } from '../domain/bytes';
import { ESCAPES } from './escapes';

interface Line {
	readonly offset: string;
	/** A colon, or a hyphen between blanks: xxd's and openssl's, which write bytes in their order. */
	readonly isOrdered: boolean;
	readonly rest: string;
}

const LINE = /^\s*([0-9a-f]{4,8})(:|\s-(?=\s)|)[ \t]+(\S.*)$/i;

const FIRST_LINE = /^\s*0{4,8}[:\s]/;
const MOST_HEADINGS = 8;

interface Dump {
	readonly lines: readonly Line[];
	/** The offset of the end, which stands alone. */
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
		const alone = /^\s*([0-9a-f]{4,8}):?\s*$/i.exec(one)?.[1];
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
	if (isOrdered || offset.length === 8 || /^0*10$/.test(offset)) return 16;
	return /^0*16$/.test(offset) ? 10 : 8;
}

/** Words are filled up with zeros at the end, where the last one is not whole. */
const MOST_FILLED = 7;

/** @returns the bytes up to the offset of the end */
function upTo(end: number, bytes: Bytes): Bytes {
	const filled = bytes.length - end;
	return filled > 0 && filled <= MOST_FILLED ? bytes.slice(0, end) : bytes;
}

/** What stands beside the digits comes after three spaces or a vertical line. */
const BESIDE_HEX = /\s{3}|\|/;
/** Decimal and octal numbers stand in columns, with spaces in front of short ones. */
const BESIDE_COLUMNS = /\|/;

type Group = (digits: string, isOrdered: boolean) => readonly number[] | undefined;

/**
 * @param groupOf what one group of digits stands for; undefined: it is no such group
 * @param beside where the digits end
 */
function dump(text: string, groupOf: Group, beside: RegExp): Bytes | undefined {
	const found = read(text);
	if (!found) return undefined;
	const { lines, end } = found;
	const base = baseOf(lines);
	const width = base === undefined ? USUAL_WIDTH : Number.parseInt(lines[1]?.offset ?? '', base);
	if (!width) return undefined;
	const bytes: number[] = [];
	for (const [index, { rest, isOrdered }] of lines.entries()) {
		const from = bytes.length;
		// up to the characters that stand beside the digits
		for (const digits of rest
			.split(beside, 1)[0]
			?.trim()
			.split(/\s+|-(?=\w\w )|(?<=\w\w)-/) ?? []) {
			const group = bytes.length - from < width ? groupOf(digits, isOrdered) : undefined;
			if (!group) break;
			bytes.push(...group);
		}
		const isLast = index === lines.length - 1;
		if (bytes.length === from || (!isLast && bytes.length - from !== width)) return undefined;
	}
	const whole = new Uint8Array(bytes);
	return base === undefined || end === undefined ? whole : upTo(Number.parseInt(end, base), whole);
}

function hexGroup(digits: string, isOrdered: boolean): readonly number[] | undefined {
	if (!/^(?:[0-9a-f]{2}){1,16}$/i.test(digits)) return undefined;
	const bytes = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
	// without a mark a longer group is a number, written from its highest byte
	return isOrdered ? bytes : bytes.reverse();
}

function octalGroup(digits: string): readonly number[] | undefined {
	if (!/^(?:[0-3][0-7]{2}|[01][0-7]{5})$/.test(digits)) return undefined;
	const value = Number.parseInt(digits, 8);
	return digits.length === 3 ? [value] : [value & 0xff, value >> 8];
}

function decimalGroup(digits: string): readonly number[] | undefined {
	if (!/^-?\d{1,3}$|^\d{5}$/.test(digits)) return undefined;
	const value = Number(digits);
	if (digits.length === 5) return value > 0xffff ? undefined : [value & 0xff, value >> 8];
	return value >= -128 && value <= 255 ? [value & 0xff] : undefined;
}

const bitGroup = (digits: string): readonly number[] | undefined =>
	/^[01]{8}$/.test(digits) ? [Number.parseInt(digits, 2)] : undefined;

/** xxd -e: groups with a mark that are numbers nevertheless, told by the characters beside them. */
const littleGroup: Group = (digits) =>
	digits.length > 2 ? hexGroup(digits, false) : hexGroup(digits, true);

/** @returns whether the characters at the end of the first line are those of its bytes */
function fits(text: string, bytes: Bytes): boolean {
	const [first = ''] = text.split('\n', 1);
	const line = [...bytes.subarray(0, USUAL_WIDTH)];
	const shown = line.map((byte) => (byte < 0x20 || byte > 0x7e ? '.' : String.fromCharCode(byte)));
	return first.trimEnd().endsWith(shown.join('').trimEnd());
}

const PAIRS_WITHOUT_OFFSET = /^\s*((?:[0-9a-f]{2} {1,3}){15}[0-9a-f]{2})(?: {2,}\S.*)?$/i;
const LAST_WITHOUT_OFFSET = /^\s*((?:[0-9a-f]{2} {1,2}){1,15}[0-9a-f]{2})(?: {3,}\S.*)?$/i;

/** certutil -encodehex 5: sixteen pairs and their characters. */
function withoutOffset(text: string): Bytes | undefined {
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
	return hexToBytes(digits);
}

/** Groups of digits without a letter, in any number of lines, are not hexadecimal. */
export function hexDump(text: string): Bytes | undefined {
	if (!/[ \t-][0-9a-f]*[a-f]/i.test(text.slice(0, 4096))) return undefined;
	const bytes = dump(text, hexGroup, BESIDE_HEX);
	if (!bytes) return withoutOffset(text);
	if (!/^\s*0+: [0-9a-f]{4}/i.test(text) || fits(text, bytes)) return bytes;
	const turned = dump(text, littleGroup, BESIDE_HEX);
	return turned && fits(text, turned) ? turned : bytes;
}

export const octalDump = (text: string): Bytes | undefined =>
	dump(text, octalGroup, BESIDE_COLUMNS);
export const decimalDump = (text: string): Bytes | undefined =>
	dump(text, decimalGroup, BESIDE_COLUMNS);
/** xxd -b */
export const bitDump = (text: string): Bytes | undefined => dump(text, bitGroup, BESIDE_HEX);

/** od -c: four columns for each byte, a character or what stands for it. */
export function characterDump(text: string): Bytes | undefined {
	if (!/^(?:0{7})? (?: {2}\S|\d{3}| \\\w)/.test(text)) return undefined;
	const bytes: number[] = [];
	for (const line of text.split(/\r?\n/)) {
		const cells = line.replace(/^\d{7}/, '').match(/.{4}/g) ?? [];
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
