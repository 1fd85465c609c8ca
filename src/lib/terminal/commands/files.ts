/** ls, cat, cp, mv, rm, head and tail. */
import type { Bytes } from '../../domain/bytes';
import {
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
	readPath,
	writePath,
	type Input,
	type Output
} from '../io';

const missingOperand = (command: string): Output =>
	failed(`${command}: missing file operand\nTry '${command} --help' for more information.\n`);

/** Runs over files, or over what comes in when none is named, and goes on after one that is not there. */
function overFiles(
	command: string,
	input: Input,
	names: readonly string[],
	each: (bytes: Bytes, name: string, many: boolean) => Uint8Array
): Output {
	let stderr = '';
	const written: Uint8Array[] = [];
	for (const name of names.length > 0 ? names : ['-']) {
		const bytes = name === '-' ? input.stdin : readPath(name, input);
		if (bytes) written.push(each(bytes, name, names.length > 1));
		else stderr += `${command}: ${name}: ${NO_FILE}\n`;
	}
	return done(concat(written), stderr, stderr === '' ? 0 : 1);
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
	const width = Math.max(0, ...names.map((name) => String(sizeOf(name)).length));
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
	const to = isThisFolder(target) ? `${target.replace(/\/+$/, '')}/${fileName(from)}` : target;
	if (fileName(from) === fileName(to))
		return failed(`${command}: ${quoted(from)} and ${quoted(to)} are the same file\n`);
	if (flags.has('n') && input.files.has(fileName(to))) return done();
	const problem = writePath(to, bytes, input.files);
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

/** `-5` is `-n 5`. */
const modern = (args: readonly string[]): string[] =>
	args.flatMap((arg) => (/^-\d+$/.test(arg) ? ['-n', arg.slice(1)] : [arg]));

function part(command: 'head' | 'tail', input: Input): Output {
	const { flags, values, operands, unknown } = options(modern(input.args), 'qv', 'nc');
	if (unknown !== undefined) return invalidOption(command, unknown);
	const what = values.has('c') ? 'bytes' : 'lines';
	const count = values.get('c') ?? values.get('n') ?? '10';
	if (!/^[+-]?\d+$/.test(count))
		return failed(`${command}: invalid number of ${what}: ${quoted(count)}\n`);
	const cut = command === 'head' ? cutHead : cutTail;
	let first = true;
	return overFiles(command, input, operands, (bytes, name, many) => {
		const title = many && !flags.has('q') ? `${first ? '' : '\n'}==> ${name} <==\n` : '';
		first = false;
		return concat([new TextEncoder().encode(title), cut(bytes, count, what === 'bytes')]);
	});
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

/** A count below zero leaves out so many at the end. */
function cutHead(bytes: Bytes, count: string, isBytes: boolean): Uint8Array {
	const most = Number(count);
	const end = Object.is(most, -0) || most < 0 || count.startsWith('-') ? most : undefined;
	if (isBytes)
		return end === undefined ? bytes.subarray(0, most) : bytes.subarray(0, end || bytes.length);
	const lines = linesOf(bytes);
	return concat(end === undefined ? lines.slice(0, most) : lines.slice(0, end || lines.length));
}

/** `+3` begins with the third. */
function cutTail(bytes: Bytes, count: string, isBytes: boolean): Uint8Array {
	const number = Math.abs(Number(count));
	const parts = isBytes ? undefined : linesOf(bytes);
	const length = parts?.length ?? bytes.length;
	const from = count.startsWith('+') ? Math.max(0, number - 1) : Math.max(0, length - number);
	return parts ? concat(parts.slice(from)) : bytes.subarray(from);
}
