/** Input and output of a terminal command. */
import type { Bytes } from '../domain/bytes';
import { safeFileName } from '../domain/display-name';
import { bytesToBinary } from './binary';
import type { Files } from './disk';
import { LONGEST_STREAM_BYTES, NO_SPACE } from './limits';

export interface Input {
	/** The arguments, without the command's name. */
	readonly args: readonly string[];
	/** All that is left of the input. A command that looks at it has read it: the next command of a group gets nothing. */
	readonly stdin: Bytes;
	/** Reads at most so many bytes of the input, and leaves the rest. */
	readonly take: (most: number) => Bytes;
	readonly files: Files;
}

export interface Output {
	readonly stdout: Bytes;
	readonly stderr: string;
	readonly code: number;
}

export type Run = (input: Input) => Output | Promise<Output>;

const NOTHING = new Uint8Array();

export const bytesText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const UTF_8 =
	// eslint-disable-next-line no-control-regex -- every byte of ASCII
	/(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+|[^]/g;
/** Half of a surrogate pair, which no text contains, stands for a byte that is not UTF-8. */
const BYTE = 0xdc00;
const RAW_BYTE = /[\udc80-\udcff]/u;

/** Any bytes as an argument of a command. `textBytes` gives the same bytes again, as Python's surrogateescape does. */
export function rawText(bytes: Uint8Array): string {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	try {
		return decoder.decode(bytes);
	} catch {
		return bytesToBinary(bytes).replace(UTF_8, (part) => {
			if (part.length === 1 && part >= '\x80')
				return String.fromCharCode(BYTE + part.charCodeAt(0));
			return decoder.decode(Uint8Array.from(part, (byte) => byte.charCodeAt(0)));
		});
	}
}

export const isText = (text: string): boolean => !RAW_BYTE.test(text);

export function textBytes(text: string): Bytes {
	const encoder = new TextEncoder();
	if (isText(text)) return encoder.encode(text);
	return concat(
		text
			.split(/([\udc80-\udcff])/u)
			.map((part) =>
				isText(part) ? encoder.encode(part) : new Uint8Array([part.charCodeAt(0) - BYTE])
			)
	);
}

export function concat(parts: readonly Uint8Array[]): Bytes {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** A command wrote more than a stream's limit. The shell ends the command. */
export class StreamFull extends Error {
	constructor(readonly written: Bytes) {
		super(NO_SPACE);
	}
}

/** Collects a command's output. @throws StreamFull beyond the limit of a stream */
export function collector(): {
	readonly add: (bytes: Uint8Array | string) => void;
	readonly all: () => Bytes;
} {
	const parts: Uint8Array[] = [];
	let length = 0;
	return {
		add: (part) => {
			const room = LONGEST_STREAM_BYTES - length;
			// a text never has fewer bytes than characters
			const bytes = typeof part === 'string' ? textBytes(part.slice(0, room + 1)) : part;
			parts.push(bytes.subarray(0, room));
			length += bytes.length;
			if (length > LONGEST_STREAM_BYTES) throw new StreamFull(concat(parts));
		},
		all: () => concat(parts)
	};
}

export function done(stdout: Uint8Array | string = NOTHING, stderr = '', code = 0): Output {
	return {
		stdout: typeof stdout === 'string' ? textBytes(stdout) : concat([stdout]),
		stderr,
		code
	};
}

export const failed = (stderr: string, code = 1): Output => done(NOTHING, stderr, code);

/** `./name` is `name`. No other folders exist. */
export function fileName(path: string): string {
	return path.replace(/^(?:\.\/)+/, '');
}

/** Devices without an end. */
const ENDLESS: ReadonlyMap<string, (length: number) => Bytes> = new Map([
	['/dev/zero', (length: number) => new Uint8Array(length)],
	['/dev/random', randomBytes],
	['/dev/urandom', randomBytes]
]);

/** The most that `getRandomValues` gives at once. */
const MOST_RANDOM_BYTES = 65_536;

function randomBytes(length: number): Bytes {
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length; at += MOST_RANDOM_BYTES)
		crypto.getRandomValues(bytes.subarray(at, at + MOST_RANDOM_BYTES));
	return bytes;
}

export const isEndless = (path: string): boolean => ENDLESS.has(path);

/** @throws StreamFull if more is asked for than a command can write */
export function readEndless(path: string, most = Infinity): Bytes {
	if (most > LONGEST_STREAM_BYTES) throw new StreamFull(NOTHING);
	return ENDLESS.get(path)?.(most) ?? NOTHING;
}

/**
 * The caller handles `-` and an empty list of files.
 *
 * @param most read not more than so many bytes
 * @returns undefined if the file does not exist
 */
export function readPath(
	path: string,
	input: Pick<Input, 'files' | 'stdin' | 'take'>,
	most?: number
): Bytes | undefined {
	if (path === '/dev/null') return NOTHING;
	if (path === '/dev/stdin') return most === undefined ? input.stdin : input.take(most);
	if (isEndless(path)) return readEndless(path, most);
	const bytes = input.files.get(fileName(path));
	return most === undefined ? bytes : bytes?.slice(0, most);
}

/** As `readPath`; `-` is the input. */
export const readOperand = (name: string, input: Input, most?: number): Bytes | undefined =>
	readPath(name === '-' ? '/dev/stdin' : name, input, most);

export const NO_FILE = 'No such file or directory';
export const IS_FOLDER = 'Is a directory';
export const NO_NAME =
	'The workbench takes no such name: a name has at most 120 characters, all of them visible, none of \\ : * ? " < > |, no dot or space at either end, and is not a device such as con';

/** @returns why the file is missing or incomplete; undefined if it was written completely */
export function writePath(path: string, bytes: Bytes, files: Files): string | undefined {
	if (path === '/dev/null') return undefined;
	const problem = pathProblem(path);
	return problem ?? files.write(fileName(path), bytes);
}

/** Whether writing to this path changes a file. */
export const isWritable = (path: string): boolean =>
	path !== '/dev/null' && pathProblem(path) === undefined;

/** Refuses names with a folder: the terminal has only one folder. */
function pathProblem(path: string): string | undefined {
	const name = fileName(path);
	if (path !== '' && /^\.{0,2}\/*$/.test(name)) return IS_FOLDER;
	if (name === '' || name.includes('/')) return NO_FILE;
	return isTrayName(name) ? undefined : NO_NAME;
}

/** `.`, `./` and so on. */
export const isThisFolder = (path: string): boolean => /^\.(?:\/+\.)*\/*$/.test(path);

/**
 * Whether the workbench stores a file under exactly this name. The workbench silently cleans other names: right for an
 * upload, but wrong for a command.
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
	/** The option letters in the order given. */
	readonly order: readonly string[];
	/** The first unknown option, in the words of getopt's error message. */
	readonly unknown?: string;
}

/** Long options, each with its letter. A `:` after the letter means that the option has a value. */
export type LongOptions = ReadonlyMap<string, string>;

const NO_LONG: LongOptions = new Map();

/**
 * Reads options as getopt_long does: `-ab`, `-n 3`, `-n3`, `--lines=3`, `--lin 3`. `--` ends the options, and operands
 * may be between options.
 *
 * @param flags letters without a value
 * @param valued letters with a value
 */
export function options(
	args: readonly string[],
	flags: string,
	valued = '',
	long: LongOptions = NO_LONG
): Options {
	const found = {
		flags: new Set<string>(),
		values: new Map<string, string>(),
		operands: [] as string[],
		order: [] as string[]
	};
	const take = (letter: string, value?: string) => {
		found.order.push(letter);
		if (value === undefined) found.flags.add(letter);
		else found.values.set(letter, value);
	};
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? '';
		if (arg === '--') {
			for (const operand of args.slice(index + 1)) found.operands.push(operand);
			break;
		}
		if (!arg.startsWith('-') || arg === '-') {
			found.operands.push(arg);
			continue;
		}
		if (arg.startsWith('--')) {
			const named = longOption(arg, args[index + 1], long);
			if ('unknown' in named) return { ...found, unknown: named.unknown };
			if (named.tookNext) index++;
			take(named.letter, named.value);
			continue;
		}
		for (let at = 1; at < arg.length; at++) {
			const letter = arg.charAt(at);
			if (valued.includes(letter)) {
				const value = at + 1 < arg.length ? arg.slice(at + 1) : args[++index];
				if (value === undefined)
					return { ...found, unknown: `option requires an argument -- ${quoted(letter)}` };
				take(letter, value);
				break;
			}
			if (!flags.includes(letter))
				return { ...found, unknown: `invalid option -- ${quoted(letter)}` };
			take(letter);
		}
	}
	return found;
}

type LongOption =
	| { readonly letter: string; readonly value?: string; readonly tookNext: boolean }
	| { readonly unknown: string };

/** A long option may be shortened if only one option starts with these letters. */
function longOption(arg: string, next: string | undefined, long: LongOptions): LongOption {
	const equals = arg.indexOf('=');
	const typed = equals < 0 ? arg : arg.slice(0, equals);
	const value = equals < 0 ? undefined : arg.slice(equals + 1);
	const fitting = long.has(typed) ? [typed] : [...long.keys()].filter((n) => n.startsWith(typed));
	const [name, ...others] = fitting;
	const letter = name === undefined ? undefined : long.get(name);
	if (name === undefined || letter === undefined)
		return { unknown: `unrecognized option ${quoted(arg)}` };
	if (others.length > 0)
		return {
			unknown: `option ${quoted(arg)} is ambiguous; possibilities: ${fitting.map(quoted).join(' ')}`
		};
	if (!letter.endsWith(':'))
		return value === undefined
			? { letter, tookNext: false }
			: { unknown: `option ${quoted(name)} doesn't allow an argument` };
	const given = value ?? next;
	if (given === undefined) return { unknown: `option ${quoted(name)} requires an argument` };
	return { letter: letter.slice(0, -1), value: given, tookNext: value === undefined };
}

/** @param what the fault, in the words of `options` */
export const invalidOption = (command: string, what: string, code = 1): Output =>
	failed(`${command}: ${what}\nTry '${command} --help' for more information.\n`, code);
