/** echo and printf, as built into bash, and tr. */
import type { Bytes } from '../../domain/bytes';
import {
	collector,
	concat,
	done,
	failed,
	invalidOption,
	options,
	quoted,
	StreamFull,
	textBytes,
	type Input,
	type Output
} from '../io';
import { LONGEST_STREAM_BYTES } from '../limits';

const ESCAPED = new Map([
	['a', 7],
	['b', 8],
	['e', 27],
	['f', 12],
	['n', 10],
	['r', 13],
	['t', 9],
	['v', 11],
	['\\', 92],
	["'", 39],
	['"', 34]
]);

interface Unescaped {
	readonly bytes: Bytes;
	/** `\c` ends all output. */
	readonly isEnd: boolean;
}

/** @param zero as in echo: octal digits start with a zero, quotation marks need no escape, `\c` ends the output */
function unescape(text: string, zero = false): Unescaped {
	const escape = zero
		? /\\(?:x([0-9a-fA-F]{1,2})|0([0-7]{0,3})|([abefnrtvc\\]))/g
		: /\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([abefnrtv\\'"]))/g;
	const parts: Uint8Array[] = [];
	let at = 0;
	for (const found of text.matchAll(escape)) {
		const [whole, hex, octal, name = ''] = found;
		parts.push(textBytes(text.slice(at, found.index)));
		at = found.index + whole.length;
		if (name === 'c') return { bytes: concat(parts), isEnd: true };
		const value =
			hex !== undefined
				? Number.parseInt(hex, 16)
				: octal !== undefined
					? Number.parseInt(octal || '0', 8)
					: (ESCAPED.get(name) ?? 0);
		parts.push(new Uint8Array([value & 0xff]));
	}
	parts.push(textBytes(text.slice(at)));
	return { bytes: concat(parts), isEnd: false };
}

export function echo({ args }: Input): Output {
	let first = 0;
	let newline = true;
	let escapes = false;
	while (/^-[neE]+$/.test(args[first] ?? '')) {
		const flags = args[first] ?? '';
		if (flags.includes('n')) newline = false;
		if (flags.includes('e')) escapes = true;
		if (flags.includes('E')) escapes = false;
		first++;
	}
	const text = args.slice(first).join(' ');
	const { bytes, isEnd } = escapes
		? unescape(text, true)
		: { bytes: textBytes(text), isEnd: false };
	return done(concat([bytes, textBytes(newline && !isEnd ? '\n' : '')]));
}

const PIECE = /%[-0#+ ]*(?:[1-9]\d*)?(?:\.\d*)?[a-zA-Z%]|(?:[^%])+|%/g;

/** Uses the format again until no arguments are left. */
export function printf({ args: typed }: Input): Output {
	const args = typed[0] === '--' ? typed.slice(1) : typed;
	const [format, ...values] = args;
	const usage = 'printf: usage: printf [-v var] format [arguments]\n';
	if (format === undefined) return failed(usage, 2);
	if (typed[0] !== '--' && /^-./.test(format))
		return failed(`bash: printf: ${format.slice(0, 2)}: invalid option\n${usage}`, 2);
	const output = collector();
	const pieces = format.match(PIECE) ?? [];
	let stderr = '';
	let next = 0;
	do {
		const before = next;
		for (const piece of pieces) {
			if (!piece.startsWith('%')) {
				output.add(unescape(piece).bytes);
				continue;
			}
			if (piece === '%%') {
				output.add('%');
				continue;
			}
			const kind = piece.length === 1 ? '' : piece.slice(-1);
			if (!KINDS.has(kind)) {
				const what = kind === '' ? "`%': missing" : `\`${kind}': invalid`;
				return done(output.all(), `${stderr}bash: printf: ${what} format character\n`, 1);
			}
			const converted = conversion(piece, values[next++]);
			stderr += converted.stderr;
			output.add(converted.bytes);
			if (converted.isEnd) return done(output.all(), stderr, stderr === '' ? 0 : 1);
		}
		if (next === before) break;
	} while (next < values.length);
	return done(output.all(), stderr, stderr === '' ? 0 : 1);
}

const KINDS: ReadonlySet<string> = new Set('bcdiosuxX');

interface Converted extends Unescaped {
	readonly stderr: string;
}

/** @param value undefined: no argument is left */
function conversion(piece: string, value: string | undefined): Converted {
	const [, flags = '', width = '', precision, kind = 's'] =
		/^%([-0#+ ]*)([1-9]\d*)?(?:\.(\d*))?(.)$/.exec(piece) ?? [];
	if (kind === 'b') return { ...unescape(value ?? '', true), stderr: '' };
	const length = Number(width);
	const digits = precision === undefined ? undefined : Number(precision);
	if (length > LONGEST_STREAM_BYTES || (digits ?? 0) > LONGEST_STREAM_BYTES)
		throw new StreamFull(new Uint8Array());
	const pad = (text: string, by = ' ') =>
		textBytes(flags.includes('-') ? text.padEnd(length) : text.padStart(length, by));
	if (kind === 's') return { bytes: pad((value ?? '').slice(0, digits)), isEnd: false, stderr: '' };
	// the empty argument's first character is the zero byte that ends it
	if (kind === 'c')
		return { bytes: pad((value ?? '').slice(0, 1) || '\0'), isEnd: false, stderr: '' };
	const { number, isWhole } = integerOf(value ?? '0');
	const text = integerText(number, kind, flags, digits);
	const zeros = flags.includes('0') && !flags.includes('-') && digits === undefined;
	const [, sign = '', rest = ''] = /^([-+ ]|0[xX])?(.*)$/.exec(text) ?? [];
	return {
		bytes: zeros ? textBytes(sign + rest.padStart(length - sign.length, '0')) : pad(text),
		isEnd: false,
		stderr: isWhole ? '' : `bash: printf: ${value ?? ''}: invalid number\n`
	};
}

const LARGEST = 2n ** 63n - 1n;
const ALL = 2n ** 64n;

/** As C's strtoimax with base 0. A character after a quotation mark gives its code. */
function integerOf(text: string): { readonly number: bigint; readonly isWhole: boolean } {
	const quote = /^['"](.)?/u.exec(text);
	if (quote) return { number: BigInt(quote[1]?.codePointAt(0) ?? 0), isWhole: true };
	const [whole = '', sign, digits = ''] =
		/^[\t-\r ]*([+-]?)(0[xX][0-9a-fA-F]{1,40}|0[0-7]{0,60}|[1-9]\d{0,60})/.exec(text) ?? [];
	const octal = /^0[0-7]+$/.test(digits);
	const value = digits === '' ? 0n : BigInt(octal ? `0o${digits}` : digits);
	const signed = sign === '-' ? -value : value;
	const number = signed > LARGEST ? LARGEST : signed < -LARGEST - 1n ? -LARGEST - 1n : signed;
	return { number, isWhole: text === '' || (digits !== '' && whole.length === text.length) };
}

function integerText(
	number: bigint,
	kind: string,
	flags: string,
	digits: number | undefined
): string {
	const isSigned = kind === 'd' || kind === 'i';
	const magnitude = isSigned ? (number < 0n ? -number : number) : (number + ALL) % ALL;
	const base = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10;
	const plain = magnitude.toString(base).padStart(digits ?? 1, '0');
	const lower = flags.includes('#') && magnitude > 0n ? { 8: '0', 10: '', 16: '0x' }[base] : '';
	const sign = !isSigned
		? lower
		: number < 0n
			? '-'
			: flags.includes('+')
				? '+'
				: flags.includes(' ')
					? ' '
					: '';
	const text = sign + plain;
	return kind === 'X' ? text.toUpperCase() : text;
}

const CLASSES = new Map([
	['alnum', /[A-Za-z0-9]/],
	['alpha', /[A-Za-z]/],
	['blank', /[\t ]/],
	// eslint-disable-next-line no-control-regex -- the class of control characters
	['cntrl', /[\0-\x1f\x7f]/],
	['digit', /[0-9]/],
	['graph', /[!-~]/],
	['lower', /[a-z]/],
	['print', /[ -~]/],
	['punct', /[!-/:-@[-`{-~]/],
	['space', /[\t-\r ]/],
	['upper', /[A-Z]/],
	['xdigit', /[0-9A-Fa-f]/]
]);

type ByteSet = { readonly bytes: readonly number[] } | { readonly problem: string };

/** Characters, ranges, classes and escapes, as a list of bytes. */
function setOf(text: string): ByteSet {
	const bytes: number[] = [];
	/** Each piece is a byte, a class, or a dash, which may form a range between two bytes. */
	const pieces = text.match(/\[:[^\]]*:\]|\\[0-7]{1,3}|\\[\s\S]|[\s\S]/gu) ?? [];
	for (let at = 0; at < pieces.length; at++) {
		const piece = pieces[at] ?? '';
		const name = /^\[:([^\]]*):\]$/.exec(piece)?.[1];
		if (name !== undefined) {
			const members = CLASSES.get(name);
			if (!members) return { problem: `invalid character class ${quoted(name)}` };
			for (let code = 0; code < 128; code++)
				if (members.test(String.fromCharCode(code))) bytes.push(code);
			continue;
		}
		const from = bytesOfPiece(piece);
		const next = pieces[at + 2];
		if (pieces[at + 1] !== '-' || next === undefined || /^\[:/.test(next)) {
			bytes.push(...from);
			continue;
		}
		const [first = 0, last = 0] = [from.at(-1), bytesOfPiece(next)[0]];
		if (first > last)
			return {
				problem: `range-endpoints of ${quoted(`${piece}-${next}`)} are in reverse collating sequence order`
			};
		for (let code = first; code <= last; code++) bytes.push(code);
		at += 2;
	}
	return { bytes };
}

function bytesOfPiece(piece: string): Uint8Array {
	// before any other character, the backslash is dropped
	const { bytes } = unescape(piece);
	return piece.length > 1 && piece.startsWith('\\') && bytes[0] === 0x5c && piece !== '\\\\'
		? bytes.subarray(1)
		: bytes;
}

const TR_LONG = new Map([
	['--complement', 'c'],
	['--delete', 'd'],
	['--squeeze-repeats', 's']
]);

/** @returns for each byte, whether the set contains it */
function tableOf(bytes: readonly number[]): Uint8Array {
	const table = new Uint8Array(256);
	for (const byte of bytes) table[byte] = 1;
	return table;
}

export function tr({ args, stdin }: Input): Output {
	const { flags, operands, unknown } = trOptions(args);
	if (unknown !== undefined) return invalidOption('tr', unknown);
	const help = "Try 'tr --help' for more information.\n";
	const [firstText, secondText, thirdText] = operands;
	const [isDeleting, isSqueezing] = [flags.has('d'), flags.has('s')];
	if (firstText === undefined) return failed(`tr: missing operand\n${help}`);
	if (secondText === undefined && (isDeleting ? isSqueezing : !isSqueezing)) {
		const both = isDeleting
			? 'Two strings must be given when both deleting and squeezing repeats.'
			: 'Two strings must be given when translating.';
		return failed(`tr: missing operand after ${quoted(firstText)}\n${both}\n${help}`);
	}
	if (thirdText !== undefined) return failed(`tr: extra operand ${quoted(thirdText)}\n${help}`);
	if (secondText !== undefined && isDeleting && !isSqueezing)
		return failed(
			`tr: extra operand ${quoted(secondText)}\nOnly one string may be given when deleting without squeezing repeats.\n${help}`
		);
	const first = setOf(firstText);
	const second = secondText === undefined ? undefined : setOf(secondText);
	for (const set of [first, second])
		if (set && 'problem' in set) return failed(`tr: ${set.problem}\n`);
	const from = 'bytes' in first ? first.bytes : [];
	const to = second && 'bytes' in second ? second.bytes : undefined;
	if (to?.length === 0 && !isDeleting)
		return failed('tr: when not truncating set1, string2 must be non-empty\n');
	const isComplement = flags.has('c') || flags.has('C');
	return done(translate(stdin, from, to, isDeleting, isSqueezing, isComplement));
}

/** tr reads options only before the first operand. */
function trOptions(args: readonly string[]) {
	const end = args.findIndex((arg) => arg === '--' || arg === '-' || !arg.startsWith('-'));
	if (end < 0) return options(args, 'cCds', '', TR_LONG);
	const operands = args.slice(args[end] === '--' ? end + 1 : end);
	return { ...options(args.slice(0, end), 'cCds', '', TR_LONG), operands };
}

function translate(
	stdin: Bytes,
	from: readonly number[],
	to: readonly number[] | undefined,
	isDeleting: boolean,
	isSqueezing: boolean,
	isComplement: boolean
): Bytes {
	const listed = tableOf(from);
	const last = to?.at(-1) ?? 0;
	/** The replacement of each byte. If a byte occurs twice, the last replacement counts. */
	const become = Uint8Array.from({ length: 256 }, (_, byte) => byte);
	if (to && !isDeleting) {
		if (isComplement)
			for (let byte = 0; byte < 256; byte++) become[byte] = listed[byte] === 1 ? byte : last;
		else for (const [index, byte] of from.entries()) become[byte] = to[index] ?? last;
	}
	const squeezed = tableOf(to ?? from);
	const isSqueezed = (byte: number) =>
		to || !isComplement ? squeezed[byte] === 1 : listed[byte] === 0;
	const written = new Uint8Array(stdin.length);
	let length = 0;
	for (const byte of stdin) {
		if (isDeleting && (listed[byte] === 1) !== isComplement) continue;
		const made = become[byte] ?? byte;
		if (isSqueezing && length > 0 && written[length - 1] === made && isSqueezed(made)) continue;
		written[length++] = made;
	}
	return written.slice(0, length);
}
