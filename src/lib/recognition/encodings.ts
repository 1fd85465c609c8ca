/** Text as bytes, and bytes that a tool took for text: marks, UTF-16, code pages, line breaks. */
import { MATERIAL_BYTES, WRAPPED_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { TOKEN_BYTES } from '../domain/import-parameters';
import { CODE_PAGES, toCodePage } from './code-pages';
import { asBytes, asText, bytesLayer, type Peeled } from './layer';

function decode(bytes: Bytes, encoding: string): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** Other than white space; such characters come from bytes that aren’t text. */
export function hasControls(text: string): boolean {
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code < 0x20 && (code < 0x09 || code > 0x0d)) return true;
	}
	return false;
}

/** A byte order mark is a layer of its own. */
const isReadable = (text: string): boolean =>
	text !== '' && !text.startsWith('\ufeff') && !hasControls(text);

const readable = (text: string | undefined): string | undefined =>
	text !== undefined && isReadable(text) ? text : undefined;

const utf8Text = (bytes: Bytes): string | undefined => readable(decode(bytes, 'utf-8'));

/** 16 random bytes are text once in a million times. */
export const isText = (bytes: Bytes): boolean => utf8Text(bytes) !== undefined;

/** @returns the text without its mark; without a mark only ASCII counts: random bytes are valid UTF-16 nearly always */
export function utf16(bytes: Bytes): string | undefined {
	if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
	const little = bytes[0] === 0xff && bytes[1] === 0xfe;
	const big = bytes[0] === 0xfe && bytes[1] === 0xff;
	if (little || big) return decode(bytes.subarray(2), big ? 'utf-16be' : 'utf-16le');
	const text = decode(bytes, bytes[0] === 0 ? 'utf-16be' : 'utf-16le');
	return text !== undefined && /^[\t\n\r -~]+$/.test(text) ? text : undefined;
}

/** Marked, or of ASCII only. */
function utf32(bytes: Bytes): string | undefined {
	if (bytes.length < 8 || bytes.length % 4 !== 0) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const isLittle = bytes[0] !== 0;
	let text = '';
	for (let at = 0; at < bytes.length; at += 4) {
		const code = view.getUint32(at, isLittle);
		if (code > 0x7f && !(at === 0 && code === 0xfeff)) return undefined;
		text += code === 0xfeff ? '' : String.fromCharCode(code);
	}
	return text;
}

/** Key material, wrapped key material and tokens. */
const USUAL_LENGTHS = [MATERIAL_BYTES, WRAPPED_BYTES, ...TOKEN_BYTES];
/** Fewer may be a coincidence: `zeroBehind` is the guess that they aren’t part of the file. */
const FEWEST_ZEROS = 4;

function withoutZeros(bytes: Bytes): Bytes | undefined {
	const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
	const length = USUAL_LENGTHS.find((usual) => usual >= end);
	if (length === undefined || length - end >= FEWEST_ZEROS) return undefined;
	return bytes.length - length >= FEWEST_ZEROS ? bytes.slice(0, length) : undefined;
}

const lastIs = (bytes: Bytes, ...ends: readonly number[]): boolean =>
	bytes.length > ends.length &&
	ends.every((end, index) => bytes[bytes.length - ends.length + index] === end);

/**
 * Every way to drop one byte, first the CR, of so many CR LF.
 *
 * @param breaks where they stand
 * @param count at least one
 */
function* drops(breaks: readonly number[], count: number): Generator<readonly number[], void> {
	const [first, ...rest] = breaks;
	if (first === undefined || count < 1 || count > breaks.length) return;
	for (const dropped of [first, first + 1]) {
		if (count === 1) yield [dropped];
		else for (const others of drops(rest, count - 1)) yield [dropped, ...others];
	}
	yield* drops(rest, count);
}

/** Each is a reading. */
const MOST_ORIGINALS = 16;

/**
 * The bytes before each CR LF was made from LF, or from CR, which PowerShell takes for a line break too. First all from LF. The
 * other ways count only if they lead to a usual length, and then some CR LF may have been there before.
 */
function withoutMadeBreaks(bytes: Bytes): Bytes[] {
	const breaks: number[] = [];
	for (let at = 0; at + 1 < bytes.length; at++)
		if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) breaks.push(at++);
	if (breaks.length === 0) return [];
	const originals = new Map<string, readonly number[]>([[breaks.join(), breaks]]);
	for (const length of USUAL_LENGTHS)
		for (const dropped of drops(breaks, bytes.length - length)) {
			if (originals.size === MOST_ORIGINALS) break;
			originals.set(dropped.join(), dropped);
		}
	return Array.from(originals.values(), (dropped) => {
		const gone = new Set(dropped);
		return bytes.filter((_, at) => !gone.has(at));
	});
}

/** Characters of a code page, written as UTF-8 or as UTF-16: the bytes that they were read from. */
function readWithCodePage(text: string | undefined): Peeled[] {
	const others = text?.match(/[^\0-\x7f]/g)?.length ?? 0;
	// half of random bytes are not ASCII; a letter or two may belong to a text
	if (text === undefined || others < text.length / 5) return [];
	return CODE_PAGES.flatMap(([codePage, upper]) =>
		withOtherEnds(text).flatMap((one) => {
			const bytes = toCodePage(one, upper());
			return bytes ? [{ form: 'bytes' as const, bytes, detail: { codePage } }] : [];
		})
	);
}

/** A line break at the end is the tool’s, or it was one before. PowerShell writes CR LF for LF and CR too. */
function withOtherEnds(text: string): string[] {
	const [end] = /\r?\n$/.exec(text) ?? [];
	if (end === undefined) return [text];
	const line = text.slice(0, -end.length);
	return end === '\n' ? [line, text] : [line, `${line}\n`, `${line}\r`, text];
}

const OF_LONG_FILES = { isOfLongFiles: true } as const;

/** Of a file that is text. */
export const ENCODINGS = [
	bytesLayer(
		'utf8Mark',
		(bytes) =>
			bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
				? asBytes(bytes.slice(3))
				: undefined,
		OF_LONG_FILES
	),
	bytesLayer('text', (bytes) => asText(utf8Text(bytes)), OF_LONG_FILES),
	bytesLayer('utf16', (bytes) => asText(readable(utf16(bytes))), OF_LONG_FILES),
	bytesLayer('utf32', (bytes) => asText(readable(utf32(bytes))))
] as const;

/** Of bytes that a tool took for text, or ended as it ends text. */
export const DAMAGES = [
	bytesLayer(
		'lineBreakBehind',
		(bytes) =>
			lastIs(bytes, 0x0d, 0x0a)
				? [asBytes(bytes.slice(0, -2)), asBytes(bytes.slice(0, -1))].filter(
						(one) => one !== undefined
					)
				: lastIs(bytes, 0x0a)
					? asBytes(bytes.slice(0, -1))
					: undefined,
		OF_LONG_FILES
	),
	bytesLayer('zerosBehind', (bytes) => asBytes(withoutZeros(bytes))),
	bytesLayer('lineBreaksMade', (bytes) =>
		withoutMadeBreaks(bytes).map((made) => ({ form: 'bytes', bytes: made }))
	),
	bytesLayer('codePageUtf16', (bytes) => readWithCodePage(utf16(bytes))),
	bytesLayer('codePageUtf8', (bytes) => readWithCodePage(decode(bytes, 'utf-8')))
] as const;

export type DamageId = (typeof DAMAGES)[number]['id'];
