/** xxd, as vim's: dumps, plain dumps, and the conversion back to bytes. */
import {
	collector,
	done,
	failed,
	fileName,
	options,
	readPath,
	writePath,
	type Input,
	type Output
} from '../io';
import { strtol } from '../numbers';

const COLUMNS = 16;
const PLAIN_COLUMNS = 30;
const MOST_COLUMNS = 256;

/** `-ps` and `-plain` are `-p`; `-revert` is `-r`. */
const SHORT = new Map([
	['-ps', '-p'],
	['-plain', '-p'],
	['-postscript', '-p'],
	['-revert', '-r'],
	['-cols', '-c'],
	['-len', '-l'],
	['-seek', '-s']
]);

export function xxd(input: Input): Output {
	const args = input.args.map((arg) => SHORT.get(arg) ?? arg);
	const { flags, values, operands, unknown } = options(args, 'pru', 'clsg');
	if (unknown !== undefined) return failed(`xxd: ${unknown}\n`);
	const [name = '-', target] = operands;
	const bytes = name === '-' ? input.stdin : readPath(name, input);
	if (!bytes) return failed(`xxd: ${name}: No such file or directory\n`, 2);
	const number = (letter: string) => {
		const value = values.get(letter);
		return value === undefined ? undefined : strtol(value);
	};
	const seek = number('s') ?? 0;
	const from = Math.max(0, seek < 0 ? bytes.length + seek : seek);
	const most = number('l') ?? -1;
	const shown = bytes.subarray(from, most < 0 ? bytes.length : from + most);
	const columns = number('c');
	const isPlain = flags.has('p');
	if (
		columns !== undefined &&
		!flags.has('r') &&
		!isPlain &&
		(columns > MOST_COLUMNS || columns < 0)
	)
		return failed(`xxd: invalid number of columns (max. ${String(MOST_COLUMNS)}).\n`);
	let result: Uint8Array;
	if (flags.has('r')) result = isPlain ? fromPlain(bytes) : fromDump(bytes);
	else if (isPlain) result = toPlain(shown, columns ?? PLAIN_COLUMNS, flags.has('u'));
	else result = toDump(shown, from, columns || COLUMNS, number('g') ?? 2, flags.has('u'));
	if (target === undefined || target === '-') return done(result);
	const written = done(result).stdout;
	const problem = writePath(target, written, input.files);
	return problem === undefined ? done() : failed(`xxd: ${fileName(target)}: ${problem}\n`, 3);
}

function hex(bytes: Uint8Array, upper: boolean): string[] {
	return Array.from(bytes, (byte) => {
		const digits = byte.toString(16).padStart(2, '0');
		return upper ? digits.toUpperCase() : digits;
	});
}

function toPlain(bytes: Uint8Array, columns: number, upper: boolean): Uint8Array {
	const width = columns <= 0 ? bytes.length : columns;
	const output = collector();
	for (let at = 0; at < bytes.length; at += width)
		output.add(`${hex(bytes.subarray(at, at + width), upper).join('')}\n`);
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

/** Reads pairs of digits and skips everything between them, as vim's xxd does. */
function fromPlain(bytes: Uint8Array): Uint8Array {
	const found: number[] = [];
	let high: number | undefined;
	for (const byte of bytes) {
		const digit = Number.parseInt(String.fromCharCode(byte), 16);
		if (Number.isNaN(digit)) continue;
		if (high === undefined) high = digit;
		else {
			found.push(16 * high + digit);
			high = undefined;
		}
	}
	return new Uint8Array(found);
}

/** Reads lines with an offset, a colon and digits. Two spaces end the digits. */
function fromDump(bytes: Uint8Array): Uint8Array {
	const found: number[] = [];
	for (const line of new TextDecoder('latin1').decode(bytes).split('\n')) {
		const [, digits = ''] = /^[0-9a-fA-F]+:((?: ?[0-9a-fA-F]+)*)/.exec(line) ?? [];
		const pairs = digits.replaceAll(' ', '').match(/../g) ?? [];
		for (const pair of pairs) found.push(Number.parseInt(pair, 16));
	}
	return new Uint8Array(found);
}
