/** wc, with the widths of GNU's columns. */
import type { Bytes } from '../../domain/bytes';
import { done, invalidOption, NO_FILE, options, readPath, type Input, type Output } from '../io';

interface Counts {
	readonly lines: number;
	readonly words: number;
	readonly bytes: number;
}

/** In the order of printing. */
const COLUMNS = [
	['l', 'lines'],
	['w', 'words'],
	['c', 'bytes']
] as const;
const LONG = new Map([
	['--bytes', 'c'],
	['--chars', 'm'],
	['--lines', 'l'],
	['--words', 'w']
]);
/** The width if a size is not known beforehand. */
const WIDE = 7;

export function wc(input: Input): Output {
	const { flags, operands, unknown } = options(input.args, 'lwcm', '', LONG);
	if (unknown !== undefined) return invalidOption('wc', unknown);
	const asked = new Set([...flags].map((flag) => (flag === 'm' ? 'c' : flag)));
	const columns = COLUMNS.filter(([flag]) => asked.size === 0 || asked.has(flag));
	const rows: { readonly name: string; readonly counts: Counts }[] = [];
	let stderr = '';
	for (const name of operands.length > 0 ? operands : ['']) {
		const bytes = name === '' || name === '-' ? input.stdin : readPath(name, input);
		if (bytes) rows.push({ name, counts: countsOf(bytes) });
		else stderr += `wc: ${name}: ${NO_FILE}\n`;
	}
	const total = sum(rows.map(({ counts }) => counts));
	const isPlain = columns.length === 1 && operands.length <= 1;
	const isPiped = operands.length === 0 || operands.includes('-');
	const width = isPlain ? 1 : Math.max(isPiped ? WIDE : 1, String(total.bytes).length);
	const line = ({ name, counts }: (typeof rows)[number]) =>
		`${columns.map(([, column]) => String(counts[column]).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`;
	const all = operands.length > 1 ? [...rows, { name: 'total', counts: total }] : rows;
	return done(all.map(line).join(''), stderr, stderr === '' ? 0 : 1);
}

function countsOf(bytes: Bytes): Counts {
	let lines = 0;
	let words = 0;
	let isInWord = false;
	for (const byte of bytes) {
		if (byte === 0x0a) lines++;
		const isBlank = byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
		// an unprintable character neither starts nor ends a word
		if (isBlank) isInWord = false;
		else if (byte > 0x20 && byte < 0x7f && !isInWord) {
			isInWord = true;
			words++;
		}
	}
	return { lines, words, bytes: bytes.length };
}

function sum(all: readonly Counts[]): Counts {
	const add = (column: keyof Counts) => all.reduce((whole, counts) => whole + counts[column], 0);
	return { lines: add('lines'), words: add('words'), bytes: add('bytes') };
}
