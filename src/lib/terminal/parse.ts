/**
 * Parses a command line as a POSIX shell does, with the parts that the procedure needs: words, quotes, pipes, redirects,
 * lists. Other shell syntax is refused with its name, so that no syntax is silently misread.
 */

import { LONGEST_INPUT, MOST_LINES_OF_A_COMMAND } from './limits';

/** An unquoted `*` or `?` in a word makes it a pattern of file names. */
export interface Word {
	readonly text: string;
	/** The pattern, if the word has one: `text`, with a backslash before each quoted special character. */
	readonly pattern?: string;
}

type Redirect =
	| { readonly fd: 0; readonly from: Word }
	| { readonly fd: 1 | 2; readonly to: Word; readonly append: boolean }
	/** `2>&1` and `1>&2`. */
	| { readonly fd: 1 | 2; readonly like: 1 | 2 };

export interface Command {
	readonly words: readonly Word[];
	/** In the order written, because the order matters. */
	readonly redirects: readonly Redirect[];
}

export interface Pipeline {
	readonly commands: readonly Command[];
	/** When it runs after the previous one: always, or only if the previous one succeeded or failed. */
	readonly when: 'always' | 'success' | 'failure';
}

export type Parsed =
	| { readonly ok: true; readonly pipelines: readonly Pipeline[] }
	| {
			readonly ok: false;
			/** The unsupported syntax, the place where a part is missing, or the exceeded limit. */
			readonly problem: 'Unsupported' | 'Syntax' | 'TooLong';
			readonly at: string;
			/** The missing part may be in the next line. */
			readonly isOpen: boolean;
	  };

type Token =
	/** `special`: the meaning for a shell as the first word of a command. */
	| { readonly kind: 'word'; readonly word: Word; readonly special: string | undefined }
	| { readonly kind: 'operator'; readonly text: string };

class Refused extends Error {
	constructor(
		readonly problem: 'Unsupported' | 'Syntax' | 'TooLong',
		readonly at: string,
		readonly isOpen = false
	) {
		super(at);
	}
}

/**
 * Splits a text into commands, each with all its lines. A command with a fault is the last one of the list, because later
 * commands may depend on it.
 */
export function commandsOf(text: string): string[] {
	if (text.length > LONGEST_INPUT) return [text];
	const commands: string[] = [];
	let lines: string[] = [];
	for (const line of text.split(/\r?\n/)) {
		lines.push(line);
		const command = lines.join('\n');
		const parsed = parse(command);
		if (!parsed.ok && parsed.isOpen && lines.length < MOST_LINES_OF_A_COMMAND) continue;
		lines = [];
		if (!parsed.ok) return [...commands, command];
		if (parsed.pipelines.length > 0) commands.push(command);
	}
	return lines.length > 0 ? [...commands, lines.join('\n')] : commands;
}

export function parse(line: string): Parsed {
	try {
		if (line.length > LONGEST_INPUT) throw new Refused('TooLong', '');
		return { ok: true, pipelines: pipelinesOf(tokensOf(line)) };
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		const { problem, at, isOpen } = error;
		return { ok: false, problem, at, isOpen };
	}
}

/** Longer operators first. */
const OPERATORS = [
	'2>&1',
	'1>&2',
	'>&2',
	'2>>',
	'2>',
	'1>>',
	'1>',
	'&&',
	'||',
	'>>',
	'|',
	';',
	'>',
	'<',
	'\n'
];
const UNSUPPORTED = ['&', '(', ')', '{', '}', '#'];

function tokensOf(line: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < line.length) {
		const rest = line.slice(at);
		const blank = /^(?:[ \t\r]|\\\r?\n)+/.exec(rest);
		if (blank) {
			at += blank[0].length;
			continue;
		}
		const operator = OPERATORS.find((text) => rest.startsWith(text));
		if (operator !== undefined) {
			tokens.push({ kind: 'operator', text: operator });
			at += operator.length;
			continue;
		}
		const unsupported = UNSUPPORTED.find((text) => rest.startsWith(text));
		if (unsupported !== undefined) throw new Refused('Unsupported', unsupported);
		const { word, length } = wordAt(rest);
		tokens.push({ kind: 'word', word, special: specialOf(rest.slice(0, length)) });
		at += length;
	}
	return tokens;
}

/** @param source the word as written, including quotes: quoted characters are not special */
function specialOf(source: string): string | undefined {
	return /^(?:!$|[A-Za-z_]\w*\+?=)/.exec(source.replaceAll('\\\n', ''))?.[0];
}

/** A word ends at an unquoted space or operator. */
function wordAt(rest: string): { word: Word; length: number } {
	let text = '';
	let pattern = '';
	let isPattern = false;
	let at = 0;
	const take = (characters: string, quoted: boolean) => {
		text += characters;
		pattern += quoted ? characters.replace(/[*?[\]\\]/g, '\\$&') : characters;
	};
	while (at < rest.length) {
		const character = rest.charAt(at);
		if (/[ \t\r\n|;<>&()]/.test(character)) break;
		if (character === "'") {
			const end = rest.indexOf("'", at + 1);
			if (end < 0) throw new Refused('Syntax', "'", true);
			take(rest.slice(at + 1, end), true);
			at = end + 1;
		} else if (character === '"') {
			const quoted = doubleQuoted(rest.slice(at + 1));
			take(quoted.text, true);
			at += quoted.length + 2;
		} else if (character === '\\') {
			if (at + 1 === rest.length) throw new Refused('Syntax', '\\', true);
			if (rest.charAt(at + 1) !== '\n') take(rest.charAt(at + 1), true);
			at += 2;
		} else {
			refuseExpansion(rest.slice(at));
			refuseUnquoted(rest.slice(at), at === 0);
			if (character === '*' || character === '?') isPattern = true;
			take(character, false);
			at += 1;
		}
	}
	return { word: { text, ...(isPattern && { pattern }) }, length: at };
}

/** @param rest the text after the opening quotation mark */
function doubleQuoted(rest: string): { text: string; length: number } {
	let text = '';
	for (let at = 0; at < rest.length; at++) {
		const character = rest.charAt(at);
		if (character === '"') return { text, length: at };
		refuseExpansion(rest.slice(at));
		if (character === '\\' && /["\\$`\n]/.test(rest.charAt(at + 1))) {
			at += 1;
			if (rest.charAt(at) !== '\n') text += rest.charAt(at);
		} else text += character;
	}
	throw new Refused('Syntax', '"', true);
}

/** Variables and command substitution are not supported. */
function refuseExpansion(rest: string): void {
	const expansion = /^(?:`|\$(?:\w+|[({[?!#@*$-]))/.exec(rest);
	if (expansion) throw new Refused('Unsupported', expansion[0]);
}

/** Lists in braces, sets in brackets, quotes with a dollar sign, home folders: inside quotes they are plain characters. */
function refuseUnquoted(rest: string, isFirst: boolean): void {
	const special = /^(?:[{[~]|\$['"])/.exec(rest)?.[0];
	if (special === undefined || (special === '~' && !isFirst)) return;
	throw new Refused('Unsupported', special);
}

function pipelinesOf(tokens: readonly Token[]): Pipeline[] {
	const pipelines: Pipeline[] = [];
	let when: Pipeline['when'] = 'always';
	let commands: Command[] = [];
	let words: Word[] = [];
	let redirects: Redirect[] = [];

	const isEmpty = () => words.length === 0 && redirects.length === 0;
	const endCommand = (operator: string, isOpen = false) => {
		if (isEmpty()) throw new Refused('Syntax', operator, isOpen);
		commands.push({ words, redirects });
		[words, redirects] = [[], []];
	};
	const endPipeline = (operator: string, isOpen = false) => {
		endCommand(operator, isOpen);
		pipelines.push({ commands, when });
		commands = [];
	};

	for (let index = 0; index < tokens.length; index++) {
		const token = tokens[index];
		if (token?.kind === 'word') {
			if (words.length === 0 && token.special !== undefined)
				throw new Refused('Unsupported', token.special);
			words.push(token.word);
			continue;
		}
		const operator = token?.text ?? '';
		if (operator === '|') endCommand(operator);
		else if (operator === '&&' || operator === '||') {
			endPipeline(operator);
			when = operator === '&&' ? 'success' : 'failure';
		} else if (operator === ';' || operator === '\n') {
			// an empty line is ignored
			if (isEmpty() && commands.length === 0 && when === 'always') {
				if (operator === ';') throw new Refused('Syntax', operator);
				continue;
			}
			// a list may continue in the next line
			if (operator === '\n' && isEmpty()) continue;
			endPipeline(operator);
			when = 'always';
		} else if (operator.includes('>&'))
			redirects.push(operator === '2>&1' ? { fd: 2, like: 1 } : { fd: 1, like: 2 });
		else redirects.push(redirectOf(operator, tokens[++index]));
	}
	const isOver = isEmpty() && commands.length === 0 && when === 'always';
	if (!isOver) endPipeline('newline', true);
	return pipelines;
}

function redirectOf(operator: string, target: Token | undefined): Redirect {
	if (target === undefined) throw new Refused('Syntax', 'newline');
	if (target.kind === 'operator')
		throw new Refused('Syntax', target.text === '\n' ? 'newline' : target.text);
	const { word } = target;
	if (operator === '<') return { fd: 0, from: word };
	return { fd: operator.startsWith('2') ? 2 : 1, to: word, append: operator.endsWith('>>') };
}
