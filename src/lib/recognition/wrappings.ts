/** Text around text: what languages, shells, mails and editors put there. */
import type { Bytes } from '../domain/bytes';
import { hasControls } from './encodings';
import { objectWith, parsedJson, parsedString } from './json';
import { asBytes, asText, textLayer, type Detail, type Peeled } from './layer';

const QUOTE = /^["'`“”‘’«»„]$/;

function withoutQuotes(text: string): string | undefined {
	const trimmed = text.trim();
	const quoted = trimmed.replace(/[,;]$/, '').trimEnd();
	const isQuoted = QUOTE.test(quoted.charAt(0)) && QUOTE.test(quoted.charAt(quoted.length - 1));
	return isQuoted && quoted.length > 2 ? quoted.slice(1, -1) : undefined;
}

/** Not seen on screen, and copied along: zero width, byte order, soft hyphen, directions, no-break and wide blanks. */
const INVISIBLE =
	/[\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]/gu;

const FULL_WIDTH = /[\uff01-\uff5e]/gu;

/** @returns the text without such characters, and the first of them */
function without(
	text: string,
	pattern: RegExp,
	instead: (character: string) => string
): Peeled | undefined {
	let detail: Detail | undefined;
	const changed = text.replace(pattern, (character, at: number) => {
		detail ??= { character, before: Array.from(text.slice(0, at)).length };
		return instead(character);
	});
	return detail && asText(changed, detail);
}

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

function unescapeHtml(text: string): string | undefined {
	if (!/[<&]/.test(text) || NODE_BUFFER.test(text)) return undefined;
	const plain = text
		.replace(/<[/?!]?[a-z][^<>]{0,200}>/gi, '')
		.replace(/&([a-z]{2,8}|#\d{1,4}|#x[0-9a-f]{1,4});/gi, (entity, name: string) => {
			if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? entity;
			const hex = /^#x/i.test(name);
			return String.fromCharCode(Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
		});
	return plain === text ? undefined : plain;
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

function decodeQuotedPrintable(text: string): string | undefined {
	if (!/=(\r?\n|3D|2B|2F)/.test(text)) return undefined;
	return text
		.replace(/=\r?\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, digits: string) =>
			String.fromCharCode(Number.parseInt(digits, 16))
		);
}

/** Characters up to U+00FF may be the bytes themselves. */
function decodeJson(text: string): Peeled[] {
	const value = parsedString(text);
	if (value === undefined) return [];
	const isBytes = hasControls(value) && !/[^\0-\xff]/.test(value);
	return isBytes
		? [{ form: 'bytes', bytes: Uint8Array.from(value, (one) => one.charCodeAt(0)) }]
		: [{ form: 'text', text: value }];
}

const SHORTEST_MEMBER = 16;
const MOST_MEMBERS = 4;

/** The longest members of an object that a tool answered with; a list of numbers as its numbers. */
function members(text: string): Peeled[] {
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

/** What stands between the brackets of an array, in a program. */
function longestGroup(text: string): string | undefined {
	let longest: string | undefined;
	for (const pattern of [/\{([^{}]{16,})\}/g, /\[([^[\]]{16,})\]/g, /\(([^()]{16,})\)/g])
		for (const [, group] of text.matchAll(pattern))
			if (group !== undefined && group.length > (longest?.length ?? 0)) longest = group;
	return longest;
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

/** Strings of a program, which its compiler or a plus sign puts together. */
function strings(text: string): string | undefined {
	const joined = text.split('\n').flatMap(stringsOf).join('');
	return joined.length >= SHORTEST_MEMBER && /["'`]\s*(?:\+\s*)?(?:\\\s*)?["'`]|=|\(/.test(text)
		? joined
		: undefined;
}

/** A file name, or the hyphen that stands for standard input, behind the digits, as `sha256sum` writes it. */
const NAME_BEHIND = /^\s*([0-9A-Za-z+/=_-]{24,})\s+\*?(?:-|[\w./\\-]*\.\w{1,8})\s*$/;

/** As Node.js shows it, which leaves out what comes after fifty bytes. */
const NODE_BUFFER =
	/^\s*<Buffer ([0-9a-f]{2}(?: [0-9a-f]{2}){7,})(?: \.\.\. \d+ more bytes?)?>\s*$/;

const linesOf = (text: string): string[] =>
	text.split(/\r?\n/).filter((line) => line.trim() !== '');

/** @returns what the pattern finds in every line; undefined if it does not fit one of them, or if they are too few */
function ofEachLine(text: string, pattern: RegExp, fewest: number): string[] | undefined {
	const found: string[] = [];
	for (const line of linesOf(text)) {
		const [, inner] = pattern.exec(line) ?? [];
		if (inner === undefined) return undefined;
		found.push(inner);
	}
	return found.length >= fewest ? found : undefined;
}

/** `nl`, `cat -n`, `grep -n` and editors count from 1. */
function withoutNumbers(text: string): string | undefined {
	const lines = linesOf(text);
	const counted = lines.map((line) => /^\s*(\d+)[:|.)\t ]([^]*)/.exec(line) ?? []);
	return lines.length > 1 && counted.every(([, number], index) => Number(number) === index + 1)
		? counted.map(([, , inner = '']) => inner.trimStart()).join('\n')
		: undefined;
}

const PROMPT =
	/^\s*(?:[$%#>]|PS [^>\n]{0,80}>|[A-Z]:\\[^>\n]{0,80}>|\[?[\w.-]{1,40}@[\w.-]{1,60}[^$#%\n]{0,80}[$#%])/;

/** @returns what stands behind the prompt; undefined without a prompt */
function typed(line: string): string | undefined {
	const [prompt] = PROMPT.exec(line) ?? [];
	return prompt === undefined ? undefined : line.slice(prompt.length).trim();
}

/** Behind an answer that ends without a line break. */
const PROMPT_BEHIND =
	/^([0-9A-Za-z+/]*={0,2}?)(?:%|(?<==)[\w.-]{1,40}@[\w.-]{1,60}[^$#%\n]{0,80}[$#%])\s*$/;

function withoutPrompt(text: string): string | undefined {
	const lines = linesOf(text);
	const [first = '', second = ''] = lines;
	const isCommand = lines.length > 1 && !!typed(first) && !/^\s*>/.test(second);
	const answer = isCommand ? lines.slice(1) : lines;
	const end = answer.at(-1) ?? '';
	const behind = PROMPT_BEHIND.exec(end)?.[1];
	const rest =
		typed(end) === '' ? answer.slice(0, -1) : behind ? [...answer.slice(0, -1), behind] : answer;
	return isCommand || rest !== answer ? rest.join('\n') : undefined;
}

/** RFC 5322 headers, and a blank line before the body. */
const HEADERS =
	/^[A-Za-z-]{2,40}:[ \t][^\n]*\n(?:[A-Za-z-]{2,40}:[ \t][^\n]*\n|[ \t]+\S[^\n]*\n)*\r?\n/;

/** The bodies, the longest first. */
function mimeParts(text: string): Peeled[] {
	const [headers] = HEADERS.exec(text) ?? [];
	if (headers === undefined) return [];
	const bodies = text
		.slice(headers.length)
		.split(/^--[^\n]*$/m, 20)
		.map((part) => part.trimStart().replace(HEADERS, ''));
	return longest(bodies);
}

const longest = (texts: readonly string[]): Peeled[] =>
	texts
		.filter((one) => one.trim().length >= SHORTEST_MEMBER)
		.sort((a, b) => b.length - a.length)
		.slice(0, MOST_MEMBERS)
		.map((text) => ({ form: 'text', text }));

const LABEL =
	/^\s*["']?\p{L}[\p{L}\p{N}_ .()/-]{0,40}["']?[ \t]*[=:：][ \t]*(?:!!binary[ \t]*)?(?:[|>]-?[ \t]*\r?\n|\r?\n)?/u;
const MEMBER = /^[ \t]*["']?[A-Za-z][\w .-]{0,40}["']?[ \t]*[=:][ \t]*(\S.*)$/;

/** `name: digits`, and several of them in lines. */
function labelled(text: string): Peeled[] {
	const [label] = LABEL.exec(text) ?? [];
	const digits = label === undefined ? '' : text.slice(label.length);
	if (digits.trim() === '') return [];
	const values = ofEachLine(text, MEMBER, 2);
	return values ? longest(values) : [{ form: 'text', text: digits }];
}

const SHORTEST_CELL = 40;

/** Rows whose cells stand between commas, semicolons, vertical lines or tabs. */
function longestCells(text: string): Peeled[] {
	if (!/[,;|\t]/.test(text)) return [];
	const cells = text.split(/[,;|\t\r\n]+/, 200).map((cell) => cell.trim());
	return cells.length > 1
		? longest(cells.filter((cell) => cell.length >= SHORTEST_CELL && !cell.includes(' ')))
		: [];
}

/** Cyrillic and Greek letters that look like Latin ones. */
const OTHER_SCRIPTS = new Map(
	Array.from('АаВСсЕеКМНОоРрТХхуіІјЅѕԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧο').map((letter, index) => [
		letter,
		'AaBCcEeKMHOoPpTXxyiIjSsdABEZHIKMNOPTYXo'.charAt(index)
	])
);
/** Letters that look like digits. */
const DIGIT_LIKE = new Map([
	['O', '0'],
	['o', '0'],
	['l', '1'],
	['I', '1']
]);

/** Letters for digits, and letters of another script. */
function lookAlikes(text: string): Peeled | undefined {
	const latin = without(
		text,
		/[\u0370-\u03ff\u0400-\u052f]/g,
		(letter) => OTHER_SCRIPTS.get(letter) ?? letter
	);
	if (latin?.form === 'text' && /^[A-Za-z0-9+/=\s]+$/.test(latin.text)) return latin;
	const digits = without(text, /[OolI]/g, (letter) => DIGIT_LIKE.get(letter) ?? letter);
	return digits?.form === 'text' && /^[0-9a-f\s]{16,}$/i.test(digits.text) ? digits : undefined;
}

/** Azure Key Vault's "bring your own key" transfer blob: the ciphertext in base64url. */
function ciphertextOfEnvelope(text: string): string | undefined {
	const ciphertext = objectWith(text, 'schema_version', 'header', 'ciphertext')?.['ciphertext'];
	return typeof ciphertext === 'string' ? ciphertext : undefined;
}

/** Each changes the text, or is not there. */
export const WRAPPINGS = [
	textLayer('invisibleCharacter', (text) =>
		without(text, INVISIBLE, (character) =>
			/\s/.test(character) && character !== '\ufeff' ? ' ' : ''
		)
	),
	textLayer('fullWidth', (text) =>
		without(text, FULL_WIDTH, (character) =>
			String.fromCharCode((character.codePointAt(0) ?? 0) - 0xfee0)
		)
	),
	textLayer('pemLines', (text) => {
		// of a member of JSON, which has others
		if (/^\s*[{[]/.test(text)) return undefined;
		const [, label, body] =
			/-----BEGIN ([A-Z0-9 -]{1,40})-----([^]*?)(?:-----|$)/.exec(text) ?? [];
		// RFC 1421 section 4.4: headers, whose lines may go on behind a blank
		const digits = body?.replace(/^\s*(?:[\w-]{1,40}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+\s*\n/, '');
		return label === undefined ? undefined : asText(digits, { label });
	}),
	textLayer('dataUrl', (text) => asText(/^\s*data:[^,]{0,100},([^]*)$/i.exec(text)?.[1])),
	textLayer('pythonBytes', (text) => asText(/^\s*b(['"])([^]*)\1\s*$/.exec(text)?.[2])),
	textLayer('jsonString', decodeJson),
	textLayer('azureEnvelope', (text) => asText(ciphertextOfEnvelope(text))),
	textLayer('jsonMember', members, { hasSeveral: true }),
	textLayer('quotes', (text) => asText(withoutQuotes(text))),
	textLayer('mimePart', mimeParts),
	textLayer('quotedPrintable', (text) => asText(decodeQuotedPrintable(text))),
	textLayer(
		'urlEncoded',
		(text) =>
			[asText(decodeUrl(text)), asBytes(percentBytes(text))].filter((one) => one !== undefined),
		{ fewestBytes: 16 }
	),
	textLayer('html', (text) => asText(unescapeHtml(text))),
	textLayer('blanksForPlus', (text) => {
		const digits = text.trim();
		return / /.test(digits) && /^[A-Za-z0-9+/ \r\n]+={0,2}$/.test(digits)
			? asText(digits.replaceAll(' ', '+'))
			: undefined;
	}),
	textLayer('nameBehind', (text) => asText(NAME_BEHIND.exec(text)?.[1])),
	textLayer('nodeBuffer', (text) => asText(NODE_BUFFER.exec(text)?.[1])),
	textLayer('label', labelled),
	textLayer('codeArray', (text) => asText(longestGroup(text))),
	textLayer('codeString', (text) => asText(strings(text))),
	// a shell asks once
	textLayer('prompt', (text) => asText(withoutPrompt(text)), { isOnce: true }),
	textLayer('codeFence', (text) => asText(/^\s*```[\w-]*\r?\n([^]*?)\r?\n```\s*$/.exec(text)?.[1])),
	textLayer('mailQuoted', (text) =>
		asText(ofEachLine(text, /^[ \t]*(?:> ?)+([^]*)/, 2)?.join('\n'))
	),
	textLayer('lineNumbers', (text) => asText(withoutNumbers(text))),
	textLayer('lineEndsShown', (text) =>
		asText(ofEachLine(text, /^([^$]*?)(?:\^M)?\$$/, 1)?.join('\n'))
	),
	textLayer('escapedBreaks', (text) =>
		asText(
			/\\[nr]|\\\r?\n/.test(text) && !/\\[^nrt\r\n]/.test(text)
				? text.replace(/\\[nrt]|\\(?=\r?\n|$)/g, '\n')
				: undefined
		)
	),
	textLayer('table', (text) => longestCells(text)),
	textLayer('lookAlike', lookAlikes, { isOnce: true })
] as const;
