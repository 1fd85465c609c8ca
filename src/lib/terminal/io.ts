/** What a command of the terminal gets and gives back. */
import type { Bytes } from '../domain/bytes';
import { safeFileName } from '../domain/display-name';

/** The folder that everything happens in: flat, as the trainee's tray is. */
export type Files = Map<string, Bytes>;

export interface Input {
	/** Without the command's own name. */
	readonly args: readonly string[];
	readonly stdin: Bytes;
	readonly files: Files;
}

export interface Output {
	readonly stdout: Bytes;
	readonly stderr: string;
	readonly code: number;
}

export type Run = (input: Input) => Output | Promise<Output>;

const NOTHING = new Uint8Array();

export const textBytes = (text: string): Bytes => new TextEncoder().encode(text);
export const bytesText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function concat(parts: readonly Uint8Array[]): Bytes {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

export function done(stdout: Uint8Array | string = NOTHING, stderr = '', code = 0): Output {
	return {
		stdout: typeof stdout === 'string' ? textBytes(stdout) : concat([stdout]),
		stderr,
		code
	};
}

export const failed = (stderr: string, code = 1): Output => done(NOTHING, stderr, code);

/** `./name` is `name`. Other folders there are none. */
export function fileName(path: string): string {
	return path.replace(/^(?:\.\/)+/, '');
}

/** @returns undefined: there is no such file. `-` and the empty list of files are the caller's */
export function readPath(
	path: string,
	{ files, stdin }: Pick<Input, 'files' | 'stdin'>
): Bytes | undefined {
	if (path === '/dev/null') return NOTHING;
	if (path === '/dev/stdin') return stdin;
	return files.get(fileName(path));
}

export const NO_FILE = 'No such file or directory';
export const IS_FOLDER = 'Is a directory';
export const NO_NAME =
	'The workbench takes no such name: a name has at most 120 characters, all of them visible, none of \\ : * ? " < > |, no dot or space at either end, and is not a device such as con';

/** @returns why the file cannot be; undefined: there it is */
export function writePath(path: string, bytes: Bytes, files: Files): string | undefined {
	if (path === '/dev/null') return undefined;
	const problem = pathProblem(path);
	if (problem === undefined) files.set(fileName(path), bytes);
	return problem;
}

/** There are no folders to put a file into. */
function pathProblem(path: string): string | undefined {
	const name = fileName(path);
	if (path !== '' && /^\.{0,2}\/*$/.test(name)) return IS_FOLDER;
	if (name === '' || name.includes('/')) return NO_FILE;
	return isTrayName(name) ? undefined : NO_NAME;
}

/** `.`, `./` and so on. */
export const isThisFolder = (path: string): boolean => /^\.(?:\/+\.)*\/*$/.test(path);

/**
 * Whether the tray keeps a file under this very name. It changes others without a word, as is right for an upload and
 * wrong for a command.
 */
export const isTrayName = (name: string): boolean => safeFileName(name) === name;

/** As GNU tools print a name in an error message. */
export function quoted(name: string): string {
	return `'${name.replaceAll("'", String.raw`'\''`)}'`;
}

export interface Options {
	readonly flags: ReadonlySet<string>;
	readonly values: ReadonlyMap<string, string>;
	readonly operands: readonly string[];
	/** The first letter that is no option. */
	readonly unknown?: string;
}

/**
 * Options of one letter, as getopt reads them: `-ab`, `-n 3`, `-n3`, `--` ends them, operands may stand between.
 *
 * @param flags letters without a value
 * @param valued letters with one
 */
export function options(args: readonly string[], flags: string, valued = ''): Options {
	const found = { flags: new Set<string>(), values: new Map<string, string>() };
	const operands: string[] = [];
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? '';
		if (arg === '--') {
			operands.push(...args.slice(index + 1));
			break;
		}
		if (!arg.startsWith('-') || arg === '-') {
			operands.push(arg);
			continue;
		}
		for (let at = 1; at < arg.length; at++) {
			const letter = arg.charAt(at);
			if (valued.includes(letter)) {
				found.values.set(letter, arg.slice(at + 1) || (args[++index] ?? ''));
				break;
			}
			if (!flags.includes(letter)) return { ...found, operands, unknown: letter };
			found.flags.add(letter);
		}
	}
	return { ...found, operands };
}

export const invalidOption = (command: string, letter: string, code = 1): Output =>
	failed(
		`${command}: invalid option -- ${quoted(letter)}\nTry '${command} --help' for more information.\n`,
		code
	);
