/** ls, cat, cp, mv, rm, head and tail. */
import type { Bytes } from '../../domain/bytes';
import {
	collector,
	concat,
	done,
	failed,
	fileName,
	invalidOption,
	IS_FOLDER,
	isThisFolder,
	NO_FILE,
	options,
	quoted,
	readOperand,
	readPath,
	textBytes,
	isWritable,
	writePath,
	type Input,
	type Output
} from '../io';
import { FILE_TOO_LARGE, NO_SPACE } from '../limits';
import { gnuNumber } from '../numbers';

const missingOperand = (command: string): Output =>
	failed(`${command}: missing file operand\nTry '${command} --help' for more information.\n`);

/** Runs on the named files, or on the input if no file is named, and continues after a missing file. */
function overFiles(
	command: string,
	input: Input,
	names: readonly string[],
	each: (bytes: Bytes, name: string, many: boolean) => Uint8Array,
	complaint = (name: string) => `${command}: ${name}: ${NO_FILE}\n`,
	most?: number
): Output {
	let stderr = '';
	const written = collector();
	for (const name of names.length > 0 ? names : ['-']) {
		const bytes = readOperand(name, input, most);
		if (bytes) written.add(each(bytes, name, names.length > 1));
		else stderr += complaint(name);
	}
	return done(written.all(), stderr, stderr === '' ? 0 : 1);
}

export function cat(input: Input): Output {
	const { operands, unknown } = options(input.args, 'u');
	if (unknown !== undefined) return invalidOption('cat', unknown);
	return overFiles('cat', input, operands, (bytes) => bytes);
}

export function ls({ args, files }: Input): Output {
	const { flags, operands, unknown } = options(args, '1alhA');
	if (unknown !== undefined) return invalidOption('ls', unknown, 2);
	const all = [...files.keys()].filter(
		(name) => flags.has('a') || flags.has('A') || !name.startsWith('.')
	);
	const asked = operands.filter((name) => name !== '.' && name !== './');
	const missing = asked.filter((name) => !files.has(fileName(name)));
	const names = asked.length > 0 ? asked.filter((name) => files.has(fileName(name))) : all;
	const width = names.reduce((most, name) => Math.max(most, String(sizeOf(name)).length), 0);
	function sizeOf(name: string): number {
		return files.get(fileName(name))?.length ?? 0;
	}
	const lines = names
		.sort()
		.map((name) =>
			flags.has('l') ? `-rw-r--r-- ${String(sizeOf(name)).padStart(width)} ${name}\n` : `${name}\n`
		);
	const stderr = missing.map((name) => `ls: cannot access ${quoted(name)}: ${NO_FILE}\n`).join('');
	return done(lines.join(''), stderr, missing.length > 0 ? 2 : 0);
}

function transfer(command: 'cp' | 'mv', input: Input): Output {
	const { flags, operands, unknown } = options(input.args, 'fvnp');
	if (unknown !== undefined) return invalidOption(command, unknown);
	const [from, target, ...more] = operands;
	if (from === undefined) return missingOperand(command);
	if (target === undefined)
		return failed(
			`${command}: missing destination file operand after ${quoted(from)}\nTry '${command} --help' for more information.\n`
		);
	if (more.length > 0)
		return failed(`${command}: target ${quoted(more.at(-1) ?? '')}: ${NO_FILE}\n`);
	const bytes = readPath(from, input);
	if (!bytes) return failed(`${command}: cannot stat ${quoted(from)}: ${NO_FILE}\n`);
	const to = isThisFolder(target)
		? `${target.replace(/(?<!\/)\/+$/, '')}/${fileName(from)}`
		: target;
	if (fileName(from) === fileName(to))
		return failed(`${command}: ${quoted(from)} and ${quoted(to)} are the same file\n`);
	if (flags.has('n') && input.files.has(fileName(to))) return done();
	// a name needs no space
	if (command === 'mv' && isWritable(to)) {
		input.files.rename(fileName(from), fileName(to));
		return done();
	}
	const problem = writePath(to, bytes, input.files);
	if (command === 'cp' && (problem === NO_SPACE || problem === FILE_TOO_LARGE))
		return failed(`cp: error writing ${quoted(to)}: ${problem}\n`);
	if (problem === IS_FOLDER)
		return failed(`${command}: cannot overwrite directory ${quoted(to)} with non-directory\n`);
	if (problem !== undefined)
		return failed(
			command === 'cp'
				? `cp: cannot create regular file ${quoted(to)}: ${problem}\n`
				: `mv: cannot move ${quoted(from)} to ${quoted(to)}: ${problem}\n`
		);
	if (command === 'mv') input.files.delete(fileName(from));
	return done();
}

export const cp = (input: Input): Output => transfer('cp', input);
export const mv = (input: Input): Output => transfer('mv', input);

export function rm({ args, files }: Input): Output {
	const { flags, operands, unknown } = options(args, 'fv');
	if (unknown !== undefined) return invalidOption('rm', unknown);
	if (operands.length === 0) return flags.has('f') ? done() : missingOperand('rm');
	const missing = operands.filter((name) => !files.delete(fileName(name)));
	if (missing.length === 0 || flags.has('f')) return done();
	return failed(missing.map((name) => `rm: cannot remove ${quoted(name)}: ${NO_FILE}\n`).join(''));
}

const LONG = new Map([
	['--bytes', 'c:'],
	['--lines', 'n:'],
	['--quiet', 'q'],
	['--silent', 'q'],
	['--verbose', 'v']
]);

/** `-5` is `-n 5`, and `-5c` is `-c 5`. */
function modern(args: readonly string[]): string[] {
	const [first = '', ...others] = args;
	const [, count, unit] = /^-(\d+)([cl]?)$/.exec(first) ?? [];
	return count === undefined ? [...args] : [unit === 'c' ? '-c' : '-n', count, ...others];
}

function part(command: 'head' | 'tail', input: Input): Output {
	const { flags, values, operands, order, unknown } = options(modern(input.args), 'qv', 'nc', LONG);
	if (unknown !== undefined) return invalidOption(command, unknown);
	const which = order.findLast((letter) => letter === 'c' || letter === 'n') ?? 'n';
	for (const letter of ['c', 'n'] as const) {
		const problem = countProblem(command, letter, values.get(letter));
		if (problem !== undefined) return failed(problem);
	}
	const { sign, count } = countOf(command, values.get(which) ?? '10');
	const cut = command === 'head' ? cutHead : cutTail;
	let first = true;
	return overFiles(
		command,
		input,
		operands,
		(bytes, name, many) => {
			const isTitled = (many && !flags.has('q')) || flags.has('v');
			const shown = name === '-' ? 'standard input' : name;
			const title = isTitled ? `${first ? '' : '\n'}==> ${shown} <==\n` : '';
			first = false;
			const number = count.ok ? count.value : 0;
			return concat([textBytes(title), cut(bytes, sign, number, which === 'c')]);
		},
		(name) => `${command}: cannot open ${quoted(name)} for reading: ${NO_FILE}\n`,
		command === 'head' && which === 'c' && sign === '' && count.ok ? count.value : undefined
	);
}

/** In its error message, head leaves out the `-`. tail keeps the sign only if it is a plus. */
function countOf(command: 'head' | 'tail', typed: string) {
	const sign = typed.charAt(0);
	const isSigned = sign === '-' || (command === 'tail' && sign === '+');
	const number = sign === '-' ? typed.slice(1) : typed;
	return { sign: isSigned ? sign : '', number, count: gnuNumber(number, { suffixes: true }) };
}

function countProblem(
	command: 'head' | 'tail',
	letter: 'c' | 'n',
	typed: string | undefined
): string | undefined {
	if (typed === undefined) return undefined;
	const { number, count } = countOf(command, typed);
	if (count.ok) return undefined;
	const what = letter === 'c' ? 'bytes' : 'lines';
	const why = count.why === 'overflow' ? ': Value too large for defined data type' : '';
	return `${command}: invalid number of ${what}: ${quoted(number)}${why}\n`;
}

export const head = (input: Input): Output => part('head', input);
export const tail = (input: Input): Output => part('tail', input);

function linesOf(bytes: Bytes): Uint8Array[] {
	const lines: Uint8Array[] = [];
	for (let at = 0; at < bytes.length;) {
		const end = bytes.indexOf(0x0a, at);
		const next = end < 0 ? bytes.length : end + 1;
		lines.push(bytes.subarray(at, next));
		at = next;
	}
	return lines;
}

/** A negative count leaves out that many at the end. */
function cutHead(bytes: Bytes, sign: string, count: number, isBytes: boolean): Uint8Array {
	const parts = isBytes ? undefined : linesOf(bytes);
	const length = parts?.length ?? bytes.length;
	const end = sign === '-' ? Math.max(0, length - count) : count;
	return parts ? concat(parts.slice(0, end)) : bytes.subarray(0, end);
}

/** `+3` starts with the third. */
function cutTail(bytes: Bytes, sign: string, count: number, isBytes: boolean): Uint8Array {
	const parts = isBytes ? undefined : linesOf(bytes);
	const length = parts?.length ?? bytes.length;
	const from = sign === '+' ? Math.max(0, count - 1) : Math.max(0, length - count);
	return parts ? concat(parts.slice(from)) : bytes.subarray(from);
}
