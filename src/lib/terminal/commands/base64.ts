/** base64 (RFC 4648 section 4) as GNU's: lines of 76 characters unless told otherwise. */
import { bytesToBase64 } from '../../domain/bytes';
import {
	done,
	failed,
	invalidOption,
	NO_FILE,
	options,
	quoted,
	readPath,
	type Input,
	type Output
} from '../io';

const LINE = 76;

/** Long options that trainees type, by their letters. */
const LONG: Readonly<Record<string, string>> = {
	'--decode': '-d',
	'--ignore-garbage': '-i',
	'--wrap': '-w'
};

export function base64(input: Input): Output {
	const args = input.args.flatMap((arg) => {
		const [name = '', value] = arg.split('=', 2);
		const short = LONG[name];
		return short === undefined ? [arg] : value === undefined ? [short] : [short, value];
	});
	const { flags, values, operands, unknown } = options(args, 'di', 'w');
	if (unknown !== undefined) return invalidOption('base64', unknown);
	const [name = '-', extra] = operands;
	if (extra !== undefined)
		return failed(
			`base64: extra operand ${quoted(extra)}\nTry 'base64 --help' for more information.\n`
		);
	const bytes = name === '-' ? input.stdin : readPath(name, input);
	if (!bytes) return failed(`base64: ${name}: ${NO_FILE}\n`);
	if (flags.has('d')) return decode(bytes, flags.has('i'));
	const width = values.get('w') ?? String(LINE);
	if (!/^\d+$/.test(width)) return failed(`base64: invalid wrap size: ${quoted(width)}\n`);
	const text = bytesToBase64(bytes);
	if (width === '0' || text === '') return done(text);
	const lines = text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
	return done(lines.map((line) => `${line}\n`).join(''));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** What comes before the first fault is written all the same. */
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

/** Of a group that breaks off the whole bytes. */
function partial(decoded: number[], group: readonly number[], fault: () => Output): Output {
	decoded.push(...bytesOf(group));
	return fault();
}

function bytesOf(group: readonly number[]): number[] {
	const bits = group.reduce((sum, value, index) => sum | (value << (18 - 6 * index)), 0);
	return [bits >> 16, (bits >> 8) & 0xff, bits & 0xff].slice(0, Math.max(0, group.length - 1));
}
