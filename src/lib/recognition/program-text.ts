/** Forms of text that programs print, and that source code has: quotation marks, JSON, arrays and strings. */
import { hasControls } from './encodings';
import { objectWith, parsedJson, parsedString } from './json';
import { asText, longest, SHORTEST_VALUE, type Peeled } from './layer';

const QUOTE = /^["'`“”‘’«»„]$/;

export function withoutQuotes(text: string): Peeled | undefined {
	const trimmed = text.trim();
	// $'…' of shells
	const quoted = trimmed
		.replace(/^\$(?=['"])/, '')
		.replace(/[,;]$/, '')
		.trimEnd();
	const isQuoted = QUOTE.test(quoted.charAt(0)) && QUOTE.test(quoted.charAt(quoted.length - 1));
	return isQuoted && quoted.length > 2 ? asText(quoted.slice(1, -1)) : undefined;
}

export const pythonBytes = (text: string): Peeled | undefined =>
	asText(/^\s*b(['"])([^]*)\1\s*$/.exec(text)?.[2]);

/** Characters up to U+00FF may be the bytes themselves. */
export function jsonString(text: string): Peeled[] {
	const value = parsedString(text);
	if (value === undefined) return [];
	const isBytes = hasControls(value) && !/[^\0-\xff]/.test(value);
	return isBytes
		? [{ form: 'bytes', bytes: Uint8Array.from(value, (one) => one.charCodeAt(0)) }]
		: [{ form: 'text', text: value }];
}

/** The longest members of an object that a tool answered with; a list of numbers as its numbers. */
export function jsonMembers(text: string): Peeled[] {
	const found: string[] = [];
	const visit = (value: unknown, depth: number): void => {
		if (typeof value === 'string') found.push(value);
		if (typeof value !== 'object' || value === null || depth > 6) return;
		const inner = Object.values(value);
		// a typed array has its indexes as names
		const isList =
			(Array.isArray(value) || '0' in value) && inner.every((one) => typeof one === 'number');
		if (isList) found.push(inner.join(', '));
		else for (const one of inner.slice(0, 100)) visit(one, depth + 1);
	};
	visit(parsedJson(text), 0);
	return longest(found.filter((member) => member !== text));
}

/** Azure Key Vault's "bring your own key" transfer blob: the ciphertext in base64url. */
export function ciphertextOfEnvelope(text: string): Peeled | undefined {
	const ciphertext = objectWith(text, 'schema_version', 'header', 'ciphertext')?.['ciphertext'];
	return typeof ciphertext === 'string' ? asText(ciphertext) : undefined;
}

/** Between angle brackets, numbers only: Erlang, Elixir, and Apple’s NSData. Others are tags. */
const BRACKETS = [
	/\{([^{}]{16,})\}/g,
	/\[([^[\]]{16,})\]/g,
	/\(([^()]{16,})\)/g,
	/<([0-9a-f,\s]{16,})>/gi
];

/** The text between the brackets of an array, in a program. */
export function codeArray(text: string): Peeled | undefined {
	let inside: string | undefined;
	for (const pattern of BRACKETS)
		for (const [, group] of text.matchAll(pattern))
			if (group !== undefined && group.length > (inside?.length ?? 0)) inside = group;
	return asText(inside);
}

/** @returns where a string of a program ends that begins there; -1 if it does not */
function endOfString(line: string, start: number): number {
	const mark = line.charAt(start);
	for (let at = start + 1; at < line.length; at++) {
		const character = line.charAt(at);
		if (character === mark) return at;
		if (character === '\\') at++;
	}
	return -1;
}

function stringsOf(line: string): string[] {
	const found: string[] = [];
	// a mark without a second one is an apostrophe, and so are those behind it: each would be the second one
	const marks = new Set(['"', "'", '`']);
	for (let at = 0; at < line.length; at++) {
		if (!marks.has(line.charAt(at))) continue;
		const end = endOfString(line, at);
		if (end < 0) marks.delete(line.charAt(at));
		else {
			found.push(line.slice(at + 1, end));
			at = end;
		}
	}
	return found;
}

/** The lines of a string up to its mark: `<<EOF` of shells and Terraform, `@'` of PowerShell. */
function hereDocument(text: string): string | undefined {
	const opening = /<<[-~]?[ \t]*["']?(\w+)["']?[ \t]*\r?\n|@(["'])[ \t]*\r?\n/.exec(text);
	if (!opening) return undefined;
	const [all, word, quote = ''] = opening;
	const lines = text.slice(opening.index + all.length).split(/\r?\n/);
	const end = lines.findIndex((line) => line.trim() === (word ?? `${quote}@`));
	return end < 0 ? undefined : lines.slice(0, end).join('\n');
}

/** Strings of a program, which its compiler or a plus sign puts together. */
export function codeStrings(text: string): Peeled | undefined {
	const document = hereDocument(text);
	if (document !== undefined) return asText(document);
	const joined = text.split('\n').flatMap(stringsOf).join('');
	return joined.length >= SHORTEST_VALUE && /["'`]\s*(?:\+\s*)?(?:\\\s*)?["'`]|=|\(/.test(text)
		? asText(joined)
		: undefined;
}

/** As Node.js shows it, which leaves out the bytes after the first fifty. */
export const NODE_BUFFER =
	/^\s*<Buffer ([0-9a-f]{2}(?: [0-9a-f]{2}){7,})(?: \.\.\. \d+ more bytes?)?>\s*$/;

export const nodeBuffer = (text: string): Peeled | undefined => asText(NODE_BUFFER.exec(text)?.[1]);

export const escapedBreaks = (text: string): Peeled | undefined =>
	asText(
		/\\[nr]|\\\r?\n/.test(text) && !/\\[^nrt\r\n]/.test(text)
			? text.replace(/\\[nrt]|\\(?=\r?\n|$)/g, '\n')
			: undefined
	);
