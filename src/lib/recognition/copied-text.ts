/** Additions to text that was copied from a terminal, a document or a mail. */
import { asText, longest, type Peeled } from './layer';

/** A file name, or the hyphen that stands for standard input, behind the digits, as `sha256sum` writes it. */
const NAME_BEHIND = /^\s*([0-9A-Za-z+/=_-]{24,})\s+\*?(?:-|[\w./\\-]*\.\w{1,8})\s*$/;

export const nameBehind = (text: string): Peeled | undefined => asText(NAME_BEHIND.exec(text)?.[1]);

const linesOf = (text: string): string[] =>
	text.split(/\r?\n/).filter((line) => line.trim() !== '');

/** @returns the first group of the pattern in every line; undefined if a line doesn’t match, or if there are too few lines */
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
export function withoutNumbers(text: string): Peeled | undefined {
	const lines = linesOf(text);
	const counted = lines.map((line) => /^\s*(\d+)[:|.)\t ]([^]*)/.exec(line) ?? []);
	return lines.length > 1 && counted.every(([, number], index) => Number(number) === index + 1)
		? asText(counted.map(([, , inner = '']) => inner.trimStart()).join('\n'))
		: undefined;
}

const PROMPT =
	/^\s*(?:[$%#>]|PS [^>\n]{0,80}>|[A-Z]:\\[^>\n]{0,80}>|\[?[\w.-]{1,40}@[\w.-]{1,60}[^$#%\n]{0,80}[$#%])/;

/** @returns the text behind the prompt; undefined without a prompt */
function typed(line: string): string | undefined {
	const [prompt] = PROMPT.exec(line) ?? [];
	return prompt === undefined ? undefined : line.slice(prompt.length).trim();
}

/** Behind an answer that ends without a line break. */
const PROMPT_BEHIND =
	/^([0-9A-Za-z+/]*={0,2}?)(?:%|(?<==)[\w.-]{1,40}@[\w.-]{1,60}[^$#%\n]{0,80}[$#%])\s*$/;

export function withoutPrompt(text: string): Peeled | undefined {
	const lines = linesOf(text);
	const [first = '', second = ''] = lines;
	const isCommand = lines.length > 1 && !!typed(first) && !/^\s*>/.test(second);
	const answer = isCommand ? lines.slice(1) : lines;
	const end = answer.at(-1) ?? '';
	const behind = PROMPT_BEHIND.exec(end)?.[1];
	const rest =
		typed(end) === '' ? answer.slice(0, -1) : behind ? [...answer.slice(0, -1), behind] : answer;
	return isCommand || rest !== answer ? asText(rest.join('\n')) : undefined;
}

export const codeFence = (text: string): Peeled | undefined =>
	asText(/^\s*```[\w-]*\r?\n([^]*?)\r?\n```\s*$/.exec(text)?.[1]);

export const mailQuoted = (text: string): Peeled | undefined =>
	asText(ofEachLine(text, /^[ \t]*(?:> ?)+([^]*)/, 2)?.join('\n'));

/** `cat -A` */
export const lineEndsShown = (text: string): Peeled | undefined =>
	asText(ofEachLine(text, /^([^$]*?)(?:\^M)?\$$/, 1)?.join('\n'));

const LABEL =
	/^\s*["']?\p{L}[\p{L}\p{N}_ .()/-]{0,40}["']?[ \t]*[=:：][ \t]*(?:!!binary[ \t]*)?(?:[|>]-?[ \t]*\r?\n|\r?\n)?/u;
const MEMBER = /^[ \t]*["']?[A-Za-z][\w .-]{0,40}["']?[ \t]*[=:][ \t]*(\S.*)$/;

/** Headings and comments of configuration files. */
const SECTIONS = /^[ \t]*(?:\[[^\]\n]*\][ \t]*|[#;][^\n]*)\r?\n/gm;

/** `name: digits`, and several of them in lines. */
export function labelled(text: string): Peeled[] {
	const members = text.replace(SECTIONS, '');
	const [label] = LABEL.exec(members) ?? [];
	const digits = label === undefined ? '' : members.slice(label.length);
	if (digits.trim() === '') return [];
	const values = ofEachLine(members, MEMBER, 2);
	return values ? longest(values) : [{ form: 'text', text: digits }];
}

const SHORTEST_CELL = 40;

/** The line of hyphens under the heading of a query’s result. */
const UNDER_HEADING = /^[ \t|+]*-{3}[ \t|+-]*$/m;

/** Rows whose cells stand between commas, semicolons, vertical lines or tabs. */
export function tableCells(text: string): Peeled[] {
	const hasColumns = /[,;|\t]/.test(text);
	if (!hasColumns && !UNDER_HEADING.test(text)) return [];
	const cells = text.split(/[,;|\t\r\n]+/, 200).map((cell) => cell.trim());
	const long = cells.filter((cell) => cell.length >= SHORTEST_CELL && !cell.includes(' '));
	// without columns, a value may go on in the next line
	return cells.length > 1 && (hasColumns || long.length === 1) ? longest(long) : [];
}
