/** Makes arguments of words: command substitution, splitting into fields, and file names for patterns. */
import type { Bytes } from '../domain/bytes';
import type { Files } from './disk';
import { globMatcher } from './glob';
import { rawText } from './io';
import { LONGEST_ARGUMENTS } from './limits';
import type { Pipeline, Word } from './parse';

export interface Expansion {
	/** undefined: more than the arguments of a command can hold */
	readonly fields: readonly string[] | undefined;
	/** The exit code of the last substitution. */
	readonly code: number;
}

export interface Substituted {
	/** undefined: more than the arguments of a command can hold */
	readonly bytes: Bytes | undefined;
	readonly code: number;
}

export type Substitute = (list: readonly Pipeline[]) => Promise<Substituted>;

export async function expandAll(
	words: readonly Word[],
	files: Files,
	substitute: Substitute
): Promise<Expansion> {
	const fields: string[] = [];
	let length = 0;
	let code = 0;
	for (const word of words) {
		const expansion = await expand(word, files, substitute, code);
		code = expansion.code;
		if (!expansion.fields) return expansion;
		for (const field of expansion.fields) {
			length += field.length + 1;
			if (length > LONGEST_ARGUMENTS) return { fields: undefined, code };
			fields.push(field);
		}
	}
	return { fields, code };
}

async function expand(
	word: Word,
	files: Files,
	substitute: Substitute,
	codeBefore: number
): Promise<Expansion> {
	const fields = new Fields();
	let code = codeBefore;
	let length = 0;
	for (const part of word.parts) {
		if (part.kind === 'text') {
			fields.add(part.text, part.isQuoted);
			continue;
		}
		const output = await substitute(part.of);
		code = output.code;
		length += output.bytes?.length ?? 0;
		if (!output.bytes || length > LONGEST_ARGUMENTS) return { fields: undefined, code };
		const text = rawText(output.bytes.filter((byte) => byte !== 0)).replace(/(?<!\n)\n+$/, '');
		if (part.isQuoted) fields.add(text, true);
		else fields.split(text);
	}
	return { fields: fields.all.flatMap((field) => namesFor(field, files)), code };
}

interface Field {
	text: string;
	/** `text`, with a backslash before each quoted special character. */
	pattern: string;
	isPattern: boolean;
}

class Fields {
	readonly all: Field[] = [];
	/** Whether the next text belongs to the last field. */
	#isOpen = false;

	add(text: string, isQuoted: boolean): void {
		if (text === '' && !isQuoted) return;
		const last = this.#isOpen ? this.all.at(-1) : undefined;
		const field = last ?? { text: '', pattern: '', isPattern: false };
		if (!last) this.all.push(field);
		this.#isOpen = true;
		field.text += text;
		field.pattern += text.replace(isQuoted ? /[*?[\]\\]/g : /[[\]\\]/g, String.raw`\$&`);
		field.isPattern ||= !isQuoted && /[*?]/.test(text);
	}

	/** The output of an unquoted substitution: spaces, tabs and line breaks separate fields. */
	split(text: string): void {
		for (const piece of text.split(/([ \t\n]+)/)) {
			if (/^[ \t\n]/.test(piece)) this.#isOpen = false;
			else this.add(piece, false);
		}
	}
}

/** A pattern without a matching file stays unchanged. */
function namesFor({ text, pattern, isPattern }: Field, files: Files): string[] {
	if (!isPattern) return [text];
	const isMatching = globMatcher(pattern);
	const names = [...files.keys()].filter((name) => !name.startsWith('.') && isMatching(name));
	return names.length > 0 ? names.sort() : [text];
}
