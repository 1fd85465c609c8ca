/** A file that was made around one import token, made around another. */
import type { Bytes } from '$lib/domain/bytes';
import { xxd } from './mistakes';

type Write = (token: Buffer) => string;

const base64: Write = (token) => token.toString('base64');

/** How a token stands in a file. */
const WRITTEN: readonly Write[] = [
	(token) => token.toString('latin1'),
	(token) => token.toString('latin1').replaceAll('\n', '\r\n'),
	(token) => token.toString('hex'),
	(token) => token.toString('hex').toUpperCase(),
	base64,
	(token) => token.toString('base64url'),
	(token) => base64(token).replaceAll('+', ' '),
	(token) => encodeURIComponent(base64(token)),
	(token) => base64(Buffer.from(base64(token))),
	(token) => xxd(new Uint8Array(token))
];

interface Encoding {
	readonly decode: (file: Bytes) => string;
	readonly encode: (text: string) => Buffer;
}

const encoding = (name: BufferEncoding): Encoding => ({
	decode: (file) => Buffer.from(file).toString(name),
	encode: (text) => Buffer.from(text, name)
});

const utf16be: Encoding = {
	decode: (file) => (file.length % 2 ? '' : Buffer.from(file).swap16().toString('utf16le')),
	encode: (text) => Buffer.from(text, 'utf16le').swap16()
};

const ENCODINGS = [encoding('latin1'), encoding('utf8'), encoding('utf16le'), utf16be];

/** @returns the digits in lines that are as long as those of the text, or in one if it has one */
function inLinesOf(text: string, digits: string): string {
	const [lineEnd] = /[\r\n]+/.exec(text) ?? [];
	if (lineEnd === undefined) return digits;
	const width = text.indexOf(lineEnd);
	return (digits.match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? []).join(lineEnd);
}

/** @returns the text with the new digits where the old ones stood */
function replaced(text: string, old: string, digits: string): string | undefined {
	if (text.includes(old)) return text.replace(old, () => digits);
	if (!/^[\w+/=-]+$/.test(old)) return undefined;
	const inLines = new RegExp(old.replace(/.(?!$)/g, '$&[\\r\\n]*').replaceAll('+', '\\+'));
	const [found] = inLines.exec(text) ?? [];
	return found && text.replace(found, () => inLinesOf(found, digits));
}

/**
 * @param tokens one of which stands in the file
 * @throws if none of them stands there in a form that is known here
 */
export function inFormOf(file: Bytes, tokens: readonly Bytes[], token: Bytes): Bytes {
	for (const { decode, encode } of ENCODINGS) {
		const text = decode(file);
		for (const write of WRITTEN)
			for (const old of tokens) {
				const made = replaced(text, write(Buffer.from(old)), write(Buffer.from(token)));
				if (made !== undefined) return new Uint8Array(encode(made));
			}
	}
	throw new Error('none of the tokens stands in the file');
}
