/** Bytes written as numbers: digits in every form that tools and languages print them in. */
import { MATERIAL_BYTES } from '../domain/algorithms';
import { base64ToBytes, digitsToBytes, hexToBytes, type Bytes } from '../domain/bytes';
import {
	bitDump,
	characterDump,
	decimalDump,
	hexDump,
	isHexDump,
	isHexOfHex,
	octalDump
} from './dumps';
import { ESCAPES } from './escapes';
import { textLayer, type Peeled } from './layer';

/** Other white space, which `\s` matches too, is invisible characters: a layer of its own. */
const withoutSpaces = (text: string): string => text.replace(/[ \t\r\n\v\f]+/g, '');

/** A shorter list is a coincidence. */
const FEWEST = 8;

/**
 * Groups of digits without a letter are numbers to base ten or eight, as lists and dumps write them, and not hexadecimal: no
 * 32 random bytes are without one of the letters a–f.
 */
const isListOfNumbers = (text: string): boolean =>
	/\d\s+\d/.test(text.trim()) && !/[a-f]/i.test(text) && !isHexOfHex(withoutSpaces(text));

function hex(text: string): Bytes | undefined {
	if (isListOfNumbers(text)) return undefined;
	const digits = withoutSpaces(text);
	if (!isHex(digits) || isDecimalNumber(digits) || bitsOf(digits) !== undefined) return undefined;
	// offsets are hexadecimal too
	if (/^\s*0{4,8}[ \t]/.test(text) && text.includes('\n') && isHexDump(text)) return undefined;
	return hexToBytes(digits);
}

const isHex = (digits: string): boolean => /^[0-9a-f]+$/i.test(digits);

/** The zero in front of a number's first digit was left out. */
function hexZeroCut(text: string): Bytes | undefined {
	if (isListOfNumbers(text)) return undefined;
	const digits = withoutSpaces(text);
	return digits.length % 2 === 1 && digits.length > FEWEST_DIGITS
		? hexToBytes(`0${digits}`)
		: undefined;
}

/** So many hexadecimal digits are not without a letter. */
const isDecimalNumber = (digits: string): boolean =>
	digits.length >= 64 &&
	/^[1-9]\d+$/.test(digits) &&
	new Set(digits).size > 4 &&
	!isHexOfHex(digits);

/**
 * Of key material, or of more: so many hexadecimal digits have others than 0 and 1.
 *
 * @returns whole bytes; a number, as Python writes it with `0b`, doesn’t begin with zeros
 */
function bitsOf(digits: string): string | undefined {
	const [, prefix, bits = ''] = /^(0b)?([01]+)$/i.exec(digits) ?? [];
	const whole = prefix === undefined ? bits : bits.padStart(8 * Math.ceil(bits.length / 8), '0');
	const isBits = whole.length % 8 === 0 && whole.length >= 8 * MATERIAL_BYTES;
	return isBits && new Set(whole).size === 2 ? whole : undefined;
}

/** An RSA result is some 617 digits long. */
const MOST_DECIMAL_DIGITS = 1300;

function decimalNumber(text: string): Bytes | undefined {
	const digits = withoutSpaces(text);
	if (digits.length > MOST_DECIMAL_DIGITS || !isDecimalNumber(digits)) return undefined;
	if (/\d\s+\d/.test(text.trim())) return undefined;
	const number = BigInt(digits).toString(16);
	return hexToBytes(number.padStart(number.length + (number.length % 2), '0'));
}

/** Groups of digits between hyphens, spaces or colons. An editor makes other hyphens. */
const UUID_LIKE = /^\s*[0-9a-f]{4,12}(?:[-\u2010-\u2015 :][0-9a-f]{4,12}){3,}\s*$/i;

/** `0x4f70…`, `\x4f70…` (PostgreSQL), `x'4f70…'` (SQL), `#4f70…`. */
const prefixedHex = (text: string): Bytes | undefined => {
	const [, digits] = /^(?:0x|\\x|x'|h'|#|&h|\$)([0-9a-f\s]+)[';]*$/i.exec(text.trim()) ?? [];
	return digits === undefined ? undefined : hexToBytes(withoutSpaces(digits));
};

/** Two digits each, and the marks that programs put before and behind them. */
const PAIR =
	/(?:\(byte\)\s*)?(?:0x|\\{1,2}x?|%|&h|\$|\b0(?=[a-f][0-9a-f]h))?([0-9a-f]{1,2})(?:h|u8|u|y)?(?![0-9a-f])/gi;

/** Not in any such form, so that most texts are done with at once. */
const NOT_IN_PAIRS = /[^\s,:;|.\-_\u2010-\u2015{}[\]()"'<>0-9a-fx\\%&h$uyt]/i;

function separatedHex(text: string): Bytes | undefined {
	if (UUID_LIKE.test(text) && /[a-f]/i.test(text)) {
		const digits = text.replace(/[^0-9a-f]/gi, '');
		if (/[^0-9a-f\s]/i.test(text)) return hexToBytes(digits);
	}
	if (NOT_IN_PAIRS.test(text)) return undefined;
	const pairs = [...text.matchAll(PAIR)].map(([, digits]) => digits ?? '');
	if (pairs.length < FEWEST || isListOfNumbers(text)) return undefined;
	const marked = /0x|\\[x0-9a-f\\]|%|&h|\$|\dh\b/i.test(text);
	// single digits are numbers only where something marks them
	if (!marked && pairs.some(({ length }) => length === 1)) return undefined;
	if (!marked && !/[0-9a-f]{2}[\s,:;|.\-_\u2010-\u2015]\s?[0-9a-f]{2}/i.test(text))
		return undefined;
	if (!/^[\s,:;|.\-_\u2010-\u2015{}[\]()"'<>]*$/.test(text.replace(PAIR, ''))) return undefined;
	return hexToBytes(pairs.map((pair) => pair.padStart(2, '0')).join(''));
}

/** Numbers between commas, semicolons, spaces or line breaks. */
function numbers(text: string): string[] | undefined {
	if (/[^-\s\d,;|[\]{}()byteu]/.test(text)) return undefined;
	const found = text.match(/-?\d+/g) ?? [];
	const rest = text.replace(/-?\d+(?:u8|u)?/g, '').replaceAll('(byte)', '');
	return found.length >= FEWEST && /^[\s,;|[\]{}()]*$/.test(rest) ? found : undefined;
}

/** @param min and @param max of one number */
function decimal(text: string, min: number, max: number): Bytes | undefined {
	const all = numbers(text);
	if (!all || isHexOfHex(all.join(''))) return undefined;
	const found = all.map(Number);
	if (found.some((number) => number < min || number > max)) return undefined;
	// signed bytes that are all positive are read as unsigned ones
	if (min < 0 && !found.some((number) => number < 0)) return undefined;
	return new Uint8Array(found.map((number) => number & 0xff));
}

/** Groups of three octal digits for a byte, of six for two bytes, the lower one first. */
function octal(text: string): Bytes | undefined {
	const found = numbers(text);
	const digits = found?.[0]?.length ?? 0;
	if (!found || (digits !== 3 && digits !== 6)) return undefined;
	if (!found.every((one) => one.length === digits && /^[0-3]?[0-7]+$/.test(one))) return undefined;
	const values = found.map((one) => Number.parseInt(one, 8));
	if (values.some((value) => value > (digits === 3 ? 0xff : 0xffff))) return undefined;
	return new Uint8Array(
		digits === 3 ? values : values.flatMap((value) => [value & 0xff, value >> 8])
	);
}

const ofBits = (groups: readonly string[]): Bytes =>
	new Uint8Array(groups.map((group) => Number.parseInt(group, 2)));

function binary(text: string): Bytes | undefined {
	const bits = bitsOf(withoutSpaces(text));
	if (bits !== undefined) return ofBits(bits.match(/.{8}/g) ?? []);
	if (!/^\s*[01]{8}[\s,_]/.test(text)) return bitDump(text);
	const groups = text.trim().split(/[\s,_]+/);
	const isBinary = groups.length >= FEWEST && groups.every((group) => /^[01]{8}$/.test(group));
	return isBinary ? ofBits(groups) : undefined;
}

/** Fewer digits of base64 may be a word. */
const FEWEST_DIGITS = 16;

/** Base64 has some twenty other letters among so many: fewer are digits that were misread. */
const isNearlyHex = (digits: string): boolean =>
	digits.length >= 40 &&
	!digits.endsWith('=') &&
	new Set(digits.replace(/[0-9a-f]+/gi, '')).size <= 3;

function base64(text: string): Bytes | undefined {
	const digits = withoutSpaces(text);
	return digits.length < FEWEST_DIGITS || isNearlyHex(digits) ? undefined : base64ToBytes(digits);
}

/** Without the `=` at the end, or with one too few or too many. */
function base64OtherPadding(text: string): Bytes | undefined {
	const digits = withoutSpaces(text);
	// each of them may have been a plus
	if (/\S {1,2}\S/.test(text) || isNearlyHex(digits)) return undefined;
	const [, bare = ''] = /^([^=]*)=*$/.exec(digits) ?? [];
	const rest = bare.length % 4;
	if (bare.length < FEWEST_DIGITS || rest === 1) return undefined;
	const isPadded = digits.length % 4 === 0 && digits.length - bare.length <= 2;
	return isPadded ? undefined : base64ToBytes(bare.padEnd(bare.length + ((4 - rest) % 4), '='));
}

function base64url(text: string): Bytes | undefined {
	const digits = withoutSpaces(text);
	if (digits.length < FEWEST_DIGITS || !/^[A-Za-z0-9_-]+={0,2}$/.test(digits)) return undefined;
	if (!/[-_]/.test(digits) || isNearlyHex(digits)) return undefined;
	const standard = digits.replaceAll('-', '+').replaceAll('_', '/');
	return base64ToBytes(standard) ?? base64OtherPadding(standard);
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6. */
function base32(text: string): Bytes | undefined {
	const [, digits = ''] = /^([A-Z2-7]*)=*$/i.exec(withoutSpaces(text)) ?? [];
	return digits.length < 3 * FEWEST_DIGITS || isNearlyHex(digits)
		? undefined
		: digitsToBytes(digits.toUpperCase(), BASE32);
}

/** A string of a program in which the bytes that aren’t text are escaped. */
function escaped(text: string): Bytes | undefined {
	if (!/\\(x[0-9a-f]{2}|u00[0-9a-f]{2}|[0-3][0-7]{2})/i.test(text)) return undefined;
	const bytes: number[] = [];
	const pattern = /\\(?:x([0-9a-f]{2})|u00([0-9a-f]{2})|([0-3][0-7]{2})|([^]))|([^\\])/giu;
	for (const [, hex, unicode, octal, escape, plain] of text.trim().matchAll(pattern)) {
		const code =
			hex !== undefined || unicode !== undefined
				? Number.parseInt(hex ?? unicode ?? '', 16)
				: octal !== undefined
					? Number.parseInt(octal, 8)
					: escape !== undefined
						? ESCAPES.get(escape)
						: plain?.charCodeAt(0);
		if (code === undefined || code > 0xff) return undefined;
		bytes.push(code);
	}
	return bytes.length >= FEWEST ? new Uint8Array(bytes) : undefined;
}

const isOneCharacter = (text: string): boolean => new Set(text.replace(/[=\s]/g, '')).size === 1;

/** Words have no digits, and so many random bytes have some, in every form. */
const isWords = (text: string): boolean => !/\d/.test(text) && !isOneCharacter(text);

/** Beginnings of sentences and parts of names, such as in `KeyMaterial2026`, count as words. */
const WORDS = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;

const count = (text: string, kind: RegExp): number => text.match(kind)?.length ?? 0;

/** Of words that each begin with a capital, a third are capitals at most, and of short syllables half; of random letters, half. */
const LEAST_CAPITALS = 0.4;
/** Of random letters, a quarter are capitals behind a capital. */
const LEAST_PAIRS = 0.1;

function isWordsWithoutDigits(text: string): boolean {
	const letters = count(text, /[A-Za-z]/g);
	return (
		count(text, /[A-Z]/g) < LEAST_CAPITALS * letters ||
		count(text, /(?<=[A-Z])[A-Z]/g) < LEAST_PAIRS * letters
	);
}

/**
 * Base64 of so many random bytes has small letters and capitals, and nearly always digits. They alternate: one kind follows
 * itself for 1.9 characters on average. In words it is 3 to 5. The fewer characters, the more the average varies.
 */
export function isWordsAsBase64(text: string): boolean {
	if (isOneCharacter(text)) return false;
	if (!/[A-Z]/.test(text) || !/[a-z]/.test(text)) return true;
	if (!/\d/.test(text) && isWordsWithoutDigits(text)) return true;
	const words = text.match(WORDS) ?? [];
	const length = words.join('').length;
	return length / words.length > 2.25 + 50 / length;
}

const digits =
	(read: (text: string) => Bytes | undefined, mayBeWords = isWords) =>
	(text: string): Peeled | undefined => {
		const bytes = read(text);
		return bytes && { form: 'bytes', bytes, ...(mayBeWords(text) && { isGuess: true }) };
	};

const base64Digits = (read: (text: string) => Bytes | undefined) => digits(read, isWordsAsBase64);

/** Fewer bytes than these may be the numbers and names in a text. */
const DIGITS = { fewestBytes: 16 } as const;
const LETTERS = { fewestBytes: 48 } as const;

/** Each is tried. The content decides between those that fit. */
export const NUMBERS = [
	textLayer('hex', digits(hex), { ...DIGITS, isOfLongFiles: true, isOfNumbers: true }),
	textLayer('prefixedHex', digits(prefixedHex), DIGITS),
	textLayer('separatedHex', digits(separatedHex), { ...DIGITS, isOfNumbers: true }),
	textLayer('hexDump', digits(hexDump), { ...DIGITS, isOfNumbers: true }),
	textLayer('octalDump', digits(octalDump), { ...DIGITS, isOfNumbers: true }),
	textLayer('decimalDump', digits(decimalDump), { ...DIGITS, isOfNumbers: true }),
	textLayer('decimalNumber', digits(decimalNumber), DIGITS),
	textLayer(
		'decimalList',
		digits((text) => decimal(text, 0, 255)),
		DIGITS
	),
	textLayer(
		'signedList',
		digits((text) => decimal(text, -128, 127)),
		DIGITS
	),
	textLayer('octalList', digits(octal), DIGITS),
	textLayer('characterDump', digits(characterDump), DIGITS),
	textLayer('binaryDigits', digits(binary), DIGITS),
	textLayer('escapes', digits(escaped), DIGITS),
	textLayer('base64', base64Digits(base64), { ...LETTERS, isOfLongFiles: true }),
	textLayer('base64OtherPadding', base64Digits(base64OtherPadding), LETTERS),
	textLayer('base64url', base64Digits(base64url), LETTERS),
	// bytes without a name don’t count: all words have letters of base32
	textLayer('base32', digits(base32)),
	textLayer(
		'hexZeroCut',
		digits(hexZeroCut, () => true),
		{ isOnce: true }
	)
] as const;
