/** Forms that carry text from one program to another: PEM, URLs, HTML, mail. */
import type { Bytes } from '../domain/bytes';
import { asBytes, asText, longest, type Peeled } from './layer';
import { NODE_BUFFER } from './program-text';

export function pemBody(text: string): Peeled | undefined {
	// the PEM lines belong to one member of JSON, and it has other members
	if (/^\s*[{[]/.test(text)) return undefined;
	const [, label, body] = /-----BEGIN ([\w. -]{1,40}?)-----([^]*?)(?:-----|$)/.exec(text) ?? [];
	// RFC 1421 section 4.4: headers; a line that begins with white space continues one
	const digits = body?.replace(/^\s*(?:[\w-]{1,40}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+\s*\n/, '');
	return label === undefined ? undefined : asText(digits, { label });
}

export const dataOfUrl = (text: string): Peeled | undefined =>
	asText(/^\s*data:[^,]{0,100},([^]*)$/i.exec(text)?.[1]);

const ENTITIES = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['nbsp', ' '],
	['plus', '+'],
	['equals', '='],
	['sol', '/']
]);

export function unescapedHtml(text: string): Peeled | undefined {
	if (!/[<&]/.test(text) || NODE_BUFFER.test(text)) return undefined;
	const plain = text
		.replace(/<[/?!]?[a-z][^<>]{0,200}>/gi, '')
		.replace(/&([a-z]{2,8}|#\d{1,4}|#x[0-9a-f]{1,4});/gi, (entity, name: string) => {
			if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? entity;
			const hex = /^#x/i.test(name);
			return String.fromCharCode(Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
		});
	// numbers in angle brackets look like a tag
	return plain === text || plain.trim() === '' ? undefined : asText(plain);
}

function decodeUrl(text: string): string | undefined {
	if (!/%[0-9a-f]{2}/i.test(text)) return undefined;
	try {
		return decodeURIComponent(text.trim());
	} catch {
		return undefined;
	}
}

const FEWEST_ESCAPES = 8;

/** Bytes of a URL, those that are letters as they are. */
function percentBytes(text: string): Bytes | undefined {
	const trimmed = text.trim();
	const escapes = trimmed.match(/%[0-9a-f]{2}/gi)?.length ?? 0;
	if (escapes < FEWEST_ESCAPES || !/^[!-~]+$/.test(trimmed)) return undefined;
	const bytes: number[] = [];
	for (const [, digits, plain] of trimmed.matchAll(/%([0-9a-f]{2})|(.)/gi))
		bytes.push(digits === undefined ? (plain?.charCodeAt(0) ?? 0) : Number.parseInt(digits, 16));
	return bytes.some((byte) => byte > 0x7e) ? new Uint8Array(bytes) : undefined;
}

export const unescapedUrl = (text: string): Peeled[] =>
	[asText(decodeUrl(text)), asBytes(percentBytes(text))].filter((one) => one !== undefined);

export function plusesOfUrl(text: string): Peeled | undefined {
	const digits = text.trim();
	return / /.test(digits) && /^[A-Za-z0-9+/ \r\n]+={0,2}$/.test(digits)
		? asText(digits.replaceAll(' ', '+'))
		: undefined;
}

export function unescapedQuotedPrintable(text: string): Peeled | undefined {
	if (!/=(\r?\n|3D|2B|2F)/.test(text)) return undefined;
	return asText(
		text
			.replace(/=\r?\n/g, '')
			.replace(/=([0-9A-F]{2})/g, (_, digits: string) =>
				String.fromCharCode(Number.parseInt(digits, 16))
			)
	);
}

/** RFC 5322 headers, and an empty line before the body. The status line of HTTP comes first (RFC 9112 section 4). */
const HEADERS =
	/^(?:HTTP\/\d[^\n]*\n)?[A-Za-z-]{2,40}:[ \t][^\n]*\n(?:[A-Za-z-]{2,40}:[ \t][^\n]*\n|[ \t]+\S[^\n]*\n)*\r?\n/;

/** The bodies, the longest first. */
export function mimeParts(text: string): Peeled[] {
	const [headers] = HEADERS.exec(text) ?? [];
	if (headers === undefined) return [];
	const bodies = text
		.slice(headers.length)
		.split(/^--[^\n]*$/m, 20)
		.map((part) => part.trimStart().replace(HEADERS, ''));
	return longest(bodies);
}
