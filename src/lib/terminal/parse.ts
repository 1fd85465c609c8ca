/**
 * Parses a command line as a POSIX shell does, with the parts that the procedure needs: words, quotes, pipes, redirects,
 * lists, groups, comments and command substitution. Other shell syntax is refused with its name, so that no syntax is
 * silently misread.
 */

import { LONGEST_INPUT, MOST_LINES_OF_A_COMMAND, MOST_NESTED } from './limits';

type WordPart =
	| { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean }
	/** `$(…)`: what the list writes. */
	| { readonly kind: 'output'; readonly of: readonly Pipeline[]; readonly isQuoted: boolean };

/** An unquoted `*` or `?` in a word makes it a pattern of file names. */
export interface Word {
	readonly parts: readonly WordPart[];
	/** As written. */
	readonly source: string;
}

type Redirect =
	| { readonly fd: 0; readonly from: Word }
	| { readonly fd: 1 | 2; readonly to: Word; readonly append: boolean }
	/** `2>&1` and `1>&2`. */
	| { readonly fd: 1 | 2; readonly like: 1 | 2 };

export type Command = {
	/** In the order written, because the order matters. */
	readonly redirects: readonly Redirect[];
} & (
	| { readonly kind: 'simple'; readonly words: readonly Word[] }
	/** `{ …; }`, and `(…)`: nothing that a subshell would keep to itself can be changed here. */
	| { readonly kind: 'group'; readonly body: readonly Pipeline[] }
);

export interface Pipeline {
	readonly commands: readonly Command[];
	/** When it runs after the previous one: always, or only if the previous one succeeded or failed. */
	readonly when: 'always' | 'success' | 'failure';
}

/** The unsupported syntax, the place where a part is missing, or the exceeded limit. */
export type ParseProblem = 'Unsupported' | 'Syntax' | 'TooLong' | 'TooDeep';

export type Parsed =
	| { readonly ok: true; readonly pipelines: readonly Pipeline[] }
	| {
			readonly ok: false;
			readonly problem: ParseProblem;
			readonly at: string;
			/** The missing part may be in the next line. */
			readonly isOpen: boolean;
	  };

class Refused extends Error {
	constructor(
		readonly problem: ParseProblem,
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
		return { ok: true, pipelines: new Parser(line).whole() };
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		const { problem, at, isOpen } = error;
		return { ok: false, problem, at, isOpen };
	}
}

/** Longer operators first. */
const REDIRECTS = ['2>&1', '1>&2', '>&2', '2>>', '2>', '1>>', '1>', '>>', '>', '<'];
const BLANKS = /(?:[ \t\r]|\\\r?\n)+/y;
const COMMENT = /#[^\n]*/y;
const END_OF_WORD = /[ \t\r\n|;<>&()]/;
/** A brace or bracket that is a whole word. */
const LONE = /[{}[](?=[ \t\r\n|;<>&()]|$)/y;
/** Variables, arithmetic and so on. */
const EXPANSION = /\$(?:\w+|\(\(|[{[?!#@*$-])/y;
/** Lists in braces, sets in brackets, quotes with a dollar sign: inside quotes they are plain characters. */
const UNQUOTED_SPECIAL = /[{[]|\$['"]/y;
/** Streams by number, here documents, process substitution. */
const UNSUPPORTED_REDIRECT = /\d*(?:<<|[<>]\(|<>|<&)|\d+[<>]/y;
const RESERVED: ReadonlySet<string> = new Set([
	...['!', 'case', 'coproc', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'for', 'function'],
	...['if', 'in', 'select', 'then', 'time', 'until', 'while']
]);

type Closing = '' | '}' | ')';

class Parser {
	#at = 0;
	#depth: number;

	constructor(
		private readonly text: string,
		depth = 0
	) {
		this.#depth = depth;
	}

	whole(): Pipeline[] {
		return this.#list('');
	}

	/** Leaves the closing character, which is no part of the list. */
	#list(closing: Closing): Pipeline[] {
		const pipelines: Pipeline[] = [];
		for (;;) {
			this.#skipLines();
			if (this.#isEnd() || this.#isClosing(closing)) return pipelines;
			pipelines.push(...this.#pipelines());
			this.#skipBlanks();
			const next = this.#here();
			if (next === ';' || next === '\n') this.#at++;
			else if (next === '&') throw new Refused('Unsupported', '&');
			else if (next !== '' && !this.#isClosing(closing)) throw new Refused('Syntax', next);
		}
	}

	/** Pipelines joined by `&&` and `||`. */
	#pipelines(): Pipeline[] {
		const pipelines: Pipeline[] = [];
		let when: Pipeline['when'] = 'always';
		for (;;) {
			pipelines.push({ commands: this.#pipeline(), when });
			this.#skipBlanks();
			const operator = ['&&', '||'].find((text) => this.#isAt(text));
			if (operator === undefined) return pipelines;
			when = operator === '&&' ? 'success' : 'failure';
			this.#skipOperator(operator);
		}
	}

	#pipeline(): Command[] {
		const commands = [this.#command()];
		for (;;) {
			this.#skipBlanks();
			if (!this.#isAt('|') || this.#isAt('||')) return commands;
			this.#skipOperator('|');
			commands.push(this.#command());
		}
	}

	/** A list continues in the next line after an operator. */
	#skipOperator(operator: string): void {
		this.#at += operator.length;
		this.#skipLines();
		if (this.#isEnd()) throw new Refused('Syntax', 'newline', true);
	}

	#command(): Command {
		if (this.#isAt('((')) throw new Refused('Unsupported', '((');
		if (this.#isAt('(')) return this.#group(')');
		if (this.#here() === '{' && this.#match(LONE, false) !== undefined) return this.#group('}');
		return this.#simple();
	}

	#group(closing: '}' | ')'): Command {
		const opening = this.#here();
		this.#at++;
		const body = this.#nested(() => this.#list(closing));
		if (this.#isEnd()) throw new Refused('Syntax', opening, true);
		if (body.length === 0) throw new Refused('Syntax', closing);
		this.#at++;
		const redirects: Redirect[] = [];
		for (;;) {
			const redirect = this.#redirect();
			if (redirect === undefined) break;
			redirects.push(redirect);
		}
		return { kind: 'group', body, redirects };
	}

	#simple(): Command {
		const words: Word[] = [];
		const redirects: Redirect[] = [];
		for (;;) {
			const redirect = this.#redirect();
			if (redirect !== undefined) {
				redirects.push(redirect);
				continue;
			}
			const next = this.#here();
			if (next === '(' && words.length > 0) throw new Refused('Unsupported', '(');
			if (next === '' || END_OF_WORD.test(next)) break;
			const word = this.#word();
			if (words.length === 0) refuseSpecial(word);
			words.push(word);
		}
		if (words.length > 0 || redirects.length > 0) return { kind: 'simple', words, redirects };
		const operator = ['&&', '||'].find((text) => this.#isAt(text)) ?? this.#here();
		if (operator === '&') throw new Refused('Unsupported', '&');
		throw new Refused('Syntax', operator === '\n' ? 'newline' : operator);
	}

	#redirect(): Redirect | undefined {
		this.#skipBlanks();
		const operator = REDIRECTS.find((text) => this.#isAt(text));
		const unsupported = this.#match(UNSUPPORTED_REDIRECT, false);
		if (unsupported !== undefined && (operator === undefined || /^<.|\($/.test(unsupported)))
			throw new Refused('Unsupported', unsupported);
		if (operator === undefined) return undefined;
		this.#at += operator.length;
		if (operator.includes('>&'))
			return operator === '2>&1' ? { fd: 2, like: 1 } : { fd: 1, like: 2 };
		this.#skipBlanks();
		const next = this.#here();
		if (next === '&') throw new Refused('Unsupported', `${operator}&`);
		if (next === '' || END_OF_WORD.test(next))
			throw new Refused('Syntax', next === '' || next === '\n' ? 'newline' : next);
		const word = this.#word();
		if (operator === '<') return { fd: 0, from: word };
		return { fd: operator.startsWith('2') ? 2 : 1, to: word, append: operator.endsWith('>>') };
	}

	/** A word ends at an unquoted space or operator. */
	#word(): Word {
		const start = this.#at;
		const parts = new Parts();
		const lone = this.#match(LONE);
		if (lone !== undefined) parts.add(lone, true);
		while (!this.#isEnd() && !END_OF_WORD.test(this.#here())) {
			const character = this.#here();
			if (character === "'") {
				const end = this.text.indexOf("'", this.#at + 1);
				if (end < 0) throw new Refused('Syntax', "'", true);
				parts.add(this.text.slice(this.#at + 1, end), true);
				this.#at = end + 1;
			} else if (character === '"') this.#doubleQuoted(parts);
			else if (character === '\\') {
				if (this.#at + 1 === this.text.length) throw new Refused('Syntax', '\\', true);
				if (!this.#isAt('\\\n')) parts.add(this.text.charAt(this.#at + 1), true);
				this.#at += 2;
			} else if (!this.#substitution(parts, false)) {
				const special = this.#match(UNQUOTED_SPECIAL, false);
				if (special !== undefined || (character === '~' && this.#at === start))
					throw new Refused('Unsupported', special ?? character);
				parts.add(character, false);
				this.#at++;
			}
		}
		return { parts: parts.all, source: this.text.slice(start, this.#at) };
	}

	#doubleQuoted(parts: Parts): void {
		this.#at++;
		parts.add('', true);
		while (!this.#isAt('"')) {
			if (this.#isEnd()) throw new Refused('Syntax', '"', true);
			if (this.#substitution(parts, true)) continue;
			const isEscape = this.#here() === '\\' && /["\\$`\n]/.test(this.text.charAt(this.#at + 1));
			if (isEscape) this.#at++;
			if (!isEscape || this.#here() !== '\n') parts.add(this.#here(), true);
			this.#at++;
		}
		this.#at++;
	}

	/** @returns whether there was one here */
	#substitution(parts: Parts, isQuoted: boolean): boolean {
		const expansion = this.#match(EXPANSION, false);
		if (expansion !== undefined) throw new Refused('Unsupported', expansion);
		if (this.#isAt('$(')) {
			this.#at += 2;
			const of = this.#nested(() => this.#list(')'));
			if (this.#isEnd()) throw new Refused('Syntax', '$(', true);
			this.#at++;
			parts.all.push({ kind: 'output', of, isQuoted });
			return true;
		}
		if (!this.#isAt('`')) return false;
		const of = this.#nested(() => this.#backticks(isQuoted));
		parts.all.push({ kind: 'output', of, isQuoted });
		return true;
	}

	/** Between backticks, a backslash before a backtick, a dollar sign or a backslash is taken away first. */
	#backticks(isQuoted: boolean): Pipeline[] {
		const inside = /`((?:[^`\\]|\\[^])*)`/y;
		inside.lastIndex = this.#at;
		const found = inside.exec(this.text);
		if (!found) throw new Refused('Syntax', '`', true);
		this.#at = inside.lastIndex;
		const text = (found[1] ?? '').replace(isQuoted ? /\\([\\`$"])/g : /\\([\\`$])/g, '$1');
		try {
			return new Parser(text, this.#depth).whole();
		} catch (error) {
			// what is missing between the backticks can't be in the next line
			if (error instanceof Refused) throw new Refused(error.problem, error.at);
			throw error;
		}
	}

	#nested<T>(parsed: () => T): T {
		if (this.#depth >= MOST_NESTED) throw new Refused('TooDeep', '');
		this.#depth++;
		const result = parsed();
		this.#depth--;
		return result;
	}

	#here(): string {
		return this.text.charAt(this.#at);
	}

	#isEnd(): boolean {
		return this.#at >= this.text.length;
	}

	#isAt(text: string): boolean {
		return this.text.startsWith(text, this.#at);
	}

	#isClosing(closing: Closing): boolean {
		if (closing === '' || this.#here() !== closing) return false;
		return closing === ')' || this.#match(LONE, false) !== undefined;
	}

	#match(pattern: RegExp, isTaken = true): string | undefined {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.text)?.[0];
		if (found !== undefined && isTaken) this.#at += found.length;
		return found;
	}

	#skipBlanks(): void {
		this.#match(BLANKS);
		this.#match(COMMENT);
	}

	#skipLines(): void {
		for (;;) {
			this.#skipBlanks();
			if (this.#here() !== '\n') return;
			this.#at++;
		}
	}
}

/** Joins neighbouring texts. */
class Parts {
	readonly all: WordPart[] = [];

	add(text: string, isQuoted: boolean): void {
		const last = this.all.at(-1);
		if (last?.kind === 'text' && last.isQuoted === isQuoted)
			this.all.splice(-1, 1, { ...last, text: last.text + text });
		else this.all.push({ kind: 'text', text, isQuoted });
	}
}

/** Words with a meaning for a shell at the start of a command. Quoted, they have none. */
function refuseSpecial({ source }: Word): void {
	const plain = source.replaceAll('\\\n', '');
	const assignment = /^[A-Za-z_]\w*\+?=/.exec(plain)?.[0];
	const special = assignment ?? (RESERVED.has(plain) ? plain : undefined);
	if (special !== undefined) throw new Refused('Unsupported', special);
	if (plain === '}') throw new Refused('Syntax', '}');
}
