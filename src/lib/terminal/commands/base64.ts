/** base64 (RFC 4648 section 4), as in GNU: lines of 76 characters by default. */
import { bytesToBase64, type Bytes } from '../../domain/bytes';
import {
	collector,
	done,
	failed,
	invalidOption,
	NO_FILE,
	options,
	quoted,
	readOperand,
	type Input,
	type Output
} from '../io';
import { gnuNumber } from '../numbers';

const LINE = 76;

const LONG = new Map([
	['--decode', 'd'],
	['--ignore-garbage', 'i'],
	['--wrap', 'w:']
]);

export function base64(input: Input): Output {
	const { flags, values, operands, unknown } = options(input.args, 'di', 'w', LONG);
	if (unknown !== undefined) return invalidOption('base64', unknown);
	const typed = values.get('w') ?? String(LINE);
	const width = gnuNumber(typed);
	// a number too large to count means no wrapping
	if (!width.ok && width.why !== 'overflow')
		return failed(`base64: invalid wrap size: ${quoted(typed)}\n`);
	const [name = '-', extra] = operands;
	if (extra !== undefined)
		return failed(
			`base64: extra operand ${quoted(extra)}\nTry 'base64 --help' for more information.\n`
		);
	const bytes = readOperand(name, input);
	if (!bytes) return failed(`base64: ${name}: ${NO_FILE}\n`);
	if (flags.has('d')) return decode(bytes, flags.has('i'));
	return done(wrapped(bytesToBase64(bytes), width.ok ? width.value : 0));
}

/** @param width 0: one line without a line break at its end */
function wrapped(text: string, width: number): Bytes {
	const output = collector();
	if (width === 0) output.add(text);
	else
		for (let at = 0; at < text.length; at += width) output.add(`${text.slice(at, at + width)}\n`);
	return output.all();
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes before the first fault are still written. */
function decode(bytes: Uint8Array, ignoresOthers: boolean): Output {
	const decoded: number[] = [];
	let group: number[] = [];
	let padding = 0;
	const fault = () => done(new Uint8Array(decoded), 'base64: invalid input\n', 1);
	for (const byte of bytes) {
		if (byte === 0x0a) continue;
		const character = String.fromCharCode(byte);
		const value = ALPHABET.indexOf(character);
		if (character === '=') {
			padding++;
			if (group.length + padding > 4 || group.length < 2) return partial(decoded, group, fault);
		} else if (value < 0) {
			if (ignoresOthers) continue;
			return partial(decoded, group, fault);
		} else if (padding > 0 && group.length + padding < 4) return partial(decoded, group, fault);
		else group.push(value);
		if (group.length + padding === 4) {
			decoded.push(...bytesOf(group));
			group = [];
			padding = 0;
		}
	}
	if (group.length > 0 || padding > 0) return partial(decoded, group, fault);
	return done(new Uint8Array(decoded));
}

/** The complete bytes of an incomplete group. */
function partial(decoded: number[], group: readonly number[], fault: () => Output): Output {
	decoded.push(...bytesOf(group));
	return fault();
}

function bytesOf(group: readonly number[]): number[] {
	const bits = group.reduce((sum, value, index) => sum | (value << (18 - 6 * index)), 0);
	return [bits >> 16, (bits >> 8) & 0xff, bits & 0xff].slice(0, Math.max(0, group.length - 1));
}
