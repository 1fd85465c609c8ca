/** xxd, as vim's: dumps, plain dumps, and the conversion back to bytes. */
import type { Bytes } from '../../domain/bytes';
import {
	collector,
	done,
	failed,
	fileName,
	readOperand,
	readPath,
	StreamFull,
	textBytes,
	writePath,
	type Input,
	type Output
} from '../io';
import { LONGEST_STREAM_BYTES } from '../limits';
import { strtol } from '../numbers';

const COLUMNS = 16;
const PLAIN_COLUMNS = 30;
const MOST_COLUMNS = 256;
const GROUP = 2;

const USAGE = `Usage:
       xxd [options] [infile [outfile]]
    or
       xxd -r [-s [-]offset] [-c cols] [-ps] [infile [outfile]]
`;

/** The rest of the long name of each option with a number: with it, the number is the next argument. */
const NUMBERED = new Map([
	['-c', ['ols']],
	['-g', ['roup']],
	['-l', ['en']],
	['-s', ['kip', 'eek']]
]);

interface Typed {
	readonly flags: ReadonlySet<string>;
	readonly numbers: ReadonlyMap<string, number>;
	readonly operands: readonly string[];
	readonly problem?: string;
}

/** The first two characters decide: `-ps` and `-plain` are `-p`, and `-rp` is only `-r`. The first operand ends the options. */
function typedOptions(args: readonly string[]): Typed {
	const flags = new Set<string>();
	const numbers = new Map<string, number>();
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? '';
		if (arg === '--') return { flags, numbers, operands: args.slice(index + 1) };
		if (!/^-./s.test(arg)) return { flags, numbers, operands: args.slice(index) };
		const typed = arg.startsWith('--') ? arg.slice(1) : arg;
		const [name, rest] = [typed.slice(0, 2), typed.slice(2)];
		const endings = NUMBERED.get(name);
		if (endings) {
			const isNext = rest === '' || endings.some((ending) => rest.startsWith(ending));
			const number = isNext ? args[++index] : rest;
			if (number === undefined) return { flags, numbers, operands: [], problem: USAGE };
			numbers.set(name, strtol(number));
		} else if (/^-[pru]$/.test(name)) flags.add(name);
		else if (/^-[abCdEeinov]$/.test(name))
			return { flags, numbers, operands: [], problem: `xxd: ${arg} is not supported here\n` };
		else return { flags, numbers, operands: [], problem: USAGE };
	}
	return { flags, numbers, operands: [] };
}

export function xxd(input: Input): Output {
	const { flags, numbers, operands, problem } = typedOptions(input.args);
	if (problem !== undefined || operands.length > 2) return failed(problem ?? USAGE);
	const [isPlain, isUpper] = [flags.has('-p'), flags.has('-u')];
	const given = numbers.get('-c');
	const columns = isPlain ? (given ?? PLAIN_COLUMNS) : given || COLUMNS;
	if (columns < 0 || (!isPlain && columns > MOST_COLUMNS))
		return failed(`xxd: invalid number of columns (max. ${String(MOST_COLUMNS)}).\n`);
	const [name = '-', target = '-'] = operands;
	const seek = numbers.get('-s') ?? 0;
	const most = numbers.get('-l') ?? -1;
	const isWhole = most < 0 || seek < 0 || flags.has('-r');
	const bytes = readOperand(name, input, isWhole ? undefined : seek + most);
	if (!bytes) return failed(`xxd: ${name}: No such file or directory\n`, 2);
	if (flags.has('-r')) return revert(bytes, { isPlain, columns, seek }, target, input);
	if (-seek > bytes.length) return failed('xxd: Sorry, cannot seek.\n', 4);
	const from = seek < 0 ? bytes.length + seek : seek;
	const shown = bytes.subarray(from, most < 0 ? bytes.length : from + most);
	const group = numbers.get('-g') ?? GROUP;
	const result = isPlain
		? toPlain(shown, columns, isUpper)
		: toDump(shown, from, columns, group < 0 ? GROUP : group, isUpper);
	return deliver(result, target, input);
}

function deliver(result: Uint8Array, target: string, { files }: Input): Output {
	const output = done(result);
	if (target === '-') return output;
	const problem = writePath(target, output.stdout, files);
	return problem === undefined ? done() : failed(`xxd: ${fileName(target)}: ${problem}\n`, 3);
}

function hex(bytes: Uint8Array, upper: boolean): string[] {
	return Array.from(bytes, (byte) => {
		const digits = byte.toString(16).padStart(2, '0');
		return upper ? digits.toUpperCase() : digits;
	});
}

/** @param columns 0: one line */
function toPlain(bytes: Uint8Array, columns: number, upper: boolean): Uint8Array {
	if (columns === 0) return textBytes(`${hex(bytes, upper).join('')}\n`);
	const output = collector();
	for (let at = 0; at < bytes.length; at += columns)
		output.add(`${hex(bytes.subarray(at, at + columns), upper).join('')}\n`);
	return output.all();
}

function toDump(
	bytes: Uint8Array,
	offset: number,
	columns: number,
	group: number,
	upper: boolean
): Uint8Array {
	const size = group <= 0 ? columns : group;
	const width = 2 * columns + Math.ceil(columns / size) - 1;
	const output = collector();
	for (let at = 0; at < bytes.length; at += columns) {
		const row = bytes.subarray(at, at + columns);
		const digits = hex(row, upper);
		const groups = Array.from({ length: Math.ceil(digits.length / size) }, (_, index) =>
			digits.slice(index * size, (index + 1) * size).join('')
		).join(' ');
		const shown = Array.from(row, (byte) =>
			byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
		).join('');
		output.add(
			`${(offset + at).toString(16).padStart(8, '0')}: ${groups.padEnd(width)}  ${shown}\n`
		);
	}
	return output.all();
}

interface Dump {
	readonly isPlain: boolean;
	/** Of a dump that is not plain: the rest of a line after so many bytes is skipped. */
	readonly columns: number;
	/** Added to every offset. */
	readonly seek: number;
}

/** An output file is changed from its start, and not shortened. */
function revert(bytes: Uint8Array, dump: Dump, target: string, input: Input): Output {
	const before = target === '-' ? undefined : (readPath(target, input) ?? new Uint8Array());
	const place = new Place(before);
	const isComplete = fromDump(bytes, dump, place);
	const written = deliver(place.bytes(), target, input);
	if (isComplete || written.code > 0) return written;
	return { ...written, stderr: 'xxd: Sorry, cannot seek backwards.\n', code: 5 };
}

/** Where the bytes go: a file, in which every offset can be reached, or a stream. */
class Place {
	at = 0;
	readonly #written: number[];
	readonly #isFile: boolean;

	constructor(before: Uint8Array | undefined) {
		this.#written = [...(before ?? [])];
		this.#isFile = before !== undefined;
	}

	/** @returns whether the offset can be reached */
	move(to: number): boolean {
		if (to < 0 || (to < this.at && !this.#isFile)) return false;
		if (to > LONGEST_STREAM_BYTES) throw new StreamFull(this.bytes());
		this.at = to;
		if (!this.#isFile) this.#fill();
		return true;
	}

	add(byte: number): void {
		this.#fill();
		if (this.at >= LONGEST_STREAM_BYTES) throw new StreamFull(this.bytes());
		this.#written[this.at++] = byte;
	}

	bytes(): Bytes {
		return new Uint8Array(this.#written);
	}

	#fill(): void {
		while (this.#written.length < this.at) this.#written.push(0);
	}
}

const [TAB, NEWLINE, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];

/**
 * As vim's xxd does it, digit by digit: a pair of digits makes a byte, and three other characters in a row end the line.
 * `digits` are the last three characters, newest first; -1: no digit, or part of a complete pair.
 *
 * @returns false if an offset lies before the bytes that are already written
 * @see https://github.com/vim/vim/blob/v9.0.1378/src/xxd/xxd.c (huntype)
 */
function fromDump(bytes: Uint8Array, { isPlain, columns, seek }: Dump, place: Place): boolean {
	let digits: readonly [number, number, number] = [-1, 0, 0];
	let isBeforeDigits = true;
	let column = columns;
	let offset = 0;
	for (let at = 0; at < bytes.length; at++) {
		let byte = bytes[at] ?? 0;
		if (byte === RETURN) continue;
		if (isPlain && (byte === SPACE || byte === NEWLINE || byte === TAB)) continue;
		digits = [digitOf(byte), digits[0], digits[1]];
		const [low, high, earlier] = digits;
		if (low < 0 && isBeforeDigits) continue;
		isBeforeDigits = false;
		if (!isPlain && column >= columns) {
			if (low < 0) column = 0;
			else offset = Math.min(offset * 16 + low, Number.MAX_SAFE_INTEGER);
			continue;
		}
		if (seek + offset !== place.at && !place.move(seek + offset)) return false;
		const isPair = high >= 0 && low >= 0;
		if (isPair) {
			place.add(16 * high + low);
			offset++;
			column++;
			digits = [-1, high, earlier];
		}
		if (isPair ? !isPlain && column >= columns : low < 0 && high < 0 && earlier < 0) {
			while (at < bytes.length && bytes[at] !== NEWLINE) at++;
			byte = NEWLINE;
		}
		if (byte === NEWLINE) {
			if (!isPlain) offset = 0;
			column = columns;
			isBeforeDigits = true;
		}
	}
	return true;
}

function digitOf(byte: number): number {
	const value = Number.parseInt(String.fromCharCode(byte), 16);
	return Number.isNaN(value) ? -1 : value;
}
