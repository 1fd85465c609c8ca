/** dd: copies blocks, from any place of a file to any place of another. The time that a copy takes is not printed. */
import type { Bytes } from '../../domain/bytes';
import type { Files } from '../disk';
import {
	done,
	failed,
	isEndless,
	NO_FILE,
	options,
	quoted,
	readPath,
	StreamFull,
	writePath,
	type Input,
	type Output
} from '../io';
import { FILE_TOO_LARGE, LONGEST_FILE_BYTES, LONGEST_STREAM_BYTES } from '../limits';
import { gnuNumber } from '../numbers';
import { writtenTo } from '../streams';

const BLOCK = 512;
const HELP = "Try 'dd --help' for more information.\n";

const NUMBERS: ReadonlySet<string> = new Set([
	...['bs', 'ibs', 'obs', 'count'],
	...['skip', 'iseek', 'seek', 'oseek']
]);
const STATUS: ReadonlySet<string> = new Set(['none', 'noxfer', 'progress']);

interface Words {
	readonly of: string;
	readonly known: ReadonlySet<string>;
	/** dd knows them, the terminal does not. */
	readonly others: ReadonlySet<string>;
}

const WORDS: ReadonlyMap<string, Words> = new Map([
	[
		'conv',
		{
			of: 'conversion',
			known: new Set(['notrunc', 'noerror', 'fsync', 'fdatasync', 'sync', 'lcase', 'ucase']),
			others: new Set([
				...['ascii', 'ebcdic', 'ibm', 'block', 'unblock', 'swab'],
				...['sparse', 'excl', 'nocreat']
			])
		}
	],
	[
		'iflag',
		{
			of: 'input flag',
			known: new Set(['fullblock', 'count_bytes', 'skip_bytes']),
			others: new Set(['direct', 'nocache', 'nonblock', 'sync', 'dsync', 'append'])
		}
	],
	[
		'oflag',
		{
			of: 'output flag',
			known: new Set(['seek_bytes']),
			others: new Set(['direct', 'nocache', 'nonblock', 'sync', 'dsync', 'append'])
		}
	]
]);

interface Typed {
	readonly texts: ReadonlyMap<string, string>;
	readonly numbers: ReadonlyMap<string, number>;
	/** Of `conv`, `iflag` and `oflag` together: no word has two meanings among the known ones. */
	readonly words: ReadonlySet<string>;
}

function typedOperands(args: readonly string[]): Typed | { readonly problem: string } {
	const texts = new Map<string, string>();
	const numbers = new Map<string, number>();
	const words = new Set<string>();
	const { operands, unknown } = options(args, '');
	if (unknown !== undefined) return { problem: `dd: ${unknown}\n${HELP}` };
	for (const arg of operands) {
		const [, name = '', value = ''] = /^([a-z]+)=(.*)$/s.exec(arg) ?? [];
		if (name === 'if' || name === 'of') texts.set(name, value);
		else if (name === 'status') {
			if (!STATUS.has(value))
				return { problem: `dd: invalid status level: ${quoted(value)}\n${HELP}` };
			texts.set(name, value);
		} else if (NUMBERS.has(name)) {
			const number = numberOf(value);
			if (typeof number === 'string') return { problem: number };
			if (number === 0 && name.endsWith('bs'))
				return { problem: `dd: invalid number: ${quoted(value)}\n` };
			const known = name.replace(/^iseek$/, 'skip').replace(/^oseek$/, 'seek');
			numbers.set(known, number);
			if (/\dB$/.test(value)) words.add(`${known}_bytes`);
		} else {
			const table = WORDS.get(name);
			if (!table) return { problem: `dd: unrecognized operand ${quoted(arg)}\n${HELP}` };
			for (const word of value.split(',')) {
				if (table.others.has(word))
					return { problem: `dd: ${name}=${word} is not supported here\n` };
				if (!table.known.has(word))
					return { problem: `dd: invalid ${table.of}: ${quoted(word)}\n${HELP}` };
				words.add(word);
			}
		}
	}
	return { texts, numbers, words };
}

/** `2x3k` is a product. `c` and `B` are 1, and `w` is 2. */
function numberOf(text: string): number | string {
	let product = 1;
	for (const factor of text.split('x')) {
		const [, digits = '', unit] = /^(\d+)([cwB])$/.exec(factor) ?? [];
		const number = gnuNumber(unit === undefined ? factor : digits, { suffixes: true });
		if (!number.ok) {
			const why = number.why === 'overflow' ? ': Value too large for defined data type' : '';
			return `dd: invalid number: ${quoted(text)}${why}\n`;
		}
		product *= number.value * (unit === 'w' ? 2 : 1);
	}
	return product;
}

interface Copied {
	readonly bytes: Bytes;
	/** The input ended before the place where copying starts. */
	readonly isShort: boolean;
}

export function dd(input: Input): Output {
	const typed = typedOperands(input.args);
	if ('problem' in typed) return failed(typed.problem);
	const { texts, numbers, words } = typed;
	const size = (name: string) => numbers.get('bs') ?? numbers.get(name) ?? BLOCK;
	const [ibs, obs] = [size('ibs'), size('obs')];
	const bytesOf = (name: string, block: number) =>
		(numbers.get(name) ?? Infinity) * (words.has(`${name}_bytes`) ? 1 : block);
	const most = bytesOf('count', ibs);
	const skip = numbers.has('skip') ? bytesOf('skip', ibs) : 0;
	const seek = numbers.has('seek') ? bytesOf('seek', obs) : 0;
	const [from = '/dev/stdin', to = '/dev/stdout'] = [texts.get('if'), texts.get('of')];
	const report = (read: number, written: number) =>
		summaryOf({ read, written, ibs, obs, status: texts.get('status') });

	// nothing is read from a file that does not exist
	if (readPath(from, input, 0) === undefined)
		return failed(`dd: failed to open ${quoted(from)}: ${NO_FILE}\n`);
	const isStream = to === '/dev/stdout';
	if (isStream && seek > 0)
		return failed(`dd: 'standard output': cannot seek: Illegal seek\n${report(0, 0)}`);
	if (seek > LONGEST_FILE_BYTES)
		return failed(
			`dd: failed to truncate to ${String(seek)} bytes in output file ${quoted(to)}: ${FILE_TOO_LARGE}\n`
		);
	const before = isStream ? NOTHING : startOf(to, seek, words.has('notrunc'), input.files);
	const unopened = isStream ? undefined : writePath(to, before, input.files);
	if (unopened !== undefined) return failed(`dd: failed to open ${quoted(to)}: ${unopened}\n`);

	const copied = read(from, input, skip, most);
	const result = convert(copied.bytes, words, ibs);
	const shown = from === '/dev/stdin' ? quoted('standard input') : from;
	const warning = copied.isShort ? `dd: ${shown}: cannot skip to specified offset\n` : '';
	const stderr = `${warning}${report(copied.bytes.length, result.length)}`;
	if (isStream) return done(result, stderr);
	const problem = writePath(to, placed(before, result, seek), input.files);
	return problem === undefined
		? done('', stderr)
		: failed(`dd: error writing ${quoted(to)}: ${problem}\n`);
}

const NOTHING = new Uint8Array();

/** What an output file holds before anything is copied: without `notrunc` it ends where the copy will start. */
function startOf(to: string, seek: number, isKept: boolean, files: Files): Bytes {
	const before = writtenTo(to, files);
	if (isKept) return before;
	const start = new Uint8Array(seek);
	start.set(before.subarray(0, seek));
	return start;
}

function placed(before: Bytes, copied: Bytes, seek: number): Bytes {
	if (copied.length === 0) return before;
	const whole = new Uint8Array(Math.max(before.length, seek + copied.length));
	whole.set(before);
	whole.set(copied, seek);
	return whole;
}

function read(from: string, input: Input, skip: number, most: number): Copied {
	if (isEndless(from)) return { bytes: readPath(from, input, most) ?? NOTHING, isShort: false };
	const skipped = readPath(from, input, skip)?.length ?? 0;
	const isShort = skipped < skip;
	if (from === '/dev/stdin') return { bytes: input.take(most), isShort };
	return { bytes: readPath(from, input, skip + most)?.slice(skip) ?? NOTHING, isShort };
}

/** `sync` fills the last block with zeros. */
function convert(bytes: Bytes, words: ReadonlySet<string>, ibs: number): Bytes {
	const length = words.has('sync') ? Math.ceil(bytes.length / ibs) * ibs : bytes.length;
	if (length > LONGEST_STREAM_BYTES) throw new StreamFull(NOTHING);
	const converted = new Uint8Array(length);
	for (const [index, byte] of bytes.entries()) {
		const isLetter = /[a-z]/i.test(String.fromCharCode(byte));
		if (isLetter && words.has('lcase')) converted[index] = byte | 0x20;
		else if (isLetter && words.has('ucase')) converted[index] = byte & ~0x20;
		else converted[index] = byte;
	}
	return converted;
}

interface Summary {
	readonly read: number;
	readonly written: number;
	readonly ibs: number;
	readonly obs: number;
	readonly status: string | undefined;
}

function summaryOf({ read, written, ibs, obs, status }: Summary): string {
	if (status === 'none') return '';
	const records = (length: number, block: number, what: string) =>
		`${String(Math.floor(length / block))}+${length % block > 0 ? '1' : '0'} records ${what}\n`;
	const both = records(read, ibs, 'in') + records(written, obs, 'out');
	if (status === 'noxfer') return both;
	const units = [scaled(written, 1000, 'B'), scaled(written, 1024, 'iB')].filter(
		(text) => text !== undefined
	);
	const short = units.length > 0 ? ` (${units.join(', ')})` : '';
	return `${both}${String(written)} byte${written === 1 ? '' : 's'}${short} copied\n`;
}

/** As GNU's human_readable, which rounds a half to the even neighbour. @returns undefined below the first unit */
function scaled(bytes: number, base: number, unit: string): string | undefined {
	if (bytes < base) return undefined;
	const letter = base === 1000 ? 'k' : 'K';
	const kilo = bytes / base;
	const isMega = toEven(kilo) >= base;
	const value = isMega ? kilo / base : kilo;
	const tenths = toEven(value * 10);
	const number = tenths < 100 ? (tenths / 10).toFixed(1) : String(toEven(value));
	return `${number} ${isMega ? 'M' : letter}${unit}`;
}

function toEven(value: number): number {
	const below = Math.floor(value);
	if (value - below !== 0.5) return Math.round(value);
	return below % 2 === 0 ? below : below + 1;
}
