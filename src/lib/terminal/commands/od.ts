/** od: bytes as octal, hexadecimal or characters. The forms that trainees type. */
import {
	concat,
	done,
	failed,
	invalidOption,
	NO_FILE,
	options,
	readPath,
	type Input,
	type Output
} from '../io';

const ROW = 16;

interface Form {
	readonly size: 1 | 2 | 4;
	/** As wide as its longest value. */
	readonly width: number;
	readonly print: (value: number) => string;
}

const NAMED: readonly (readonly [number, string])[] = [
	[0, String.raw`\0`],
	[7, String.raw`\a`],
	[8, String.raw`\b`],
	[9, String.raw`\t`],
	[10, String.raw`\n`],
	[11, String.raw`\v`],
	[12, String.raw`\f`],
	[13, String.raw`\r`]
];
const NAMES = new Map(NAMED);

function character(value: number): string {
	const name = NAMES.get(value);
	if (name !== undefined) return name;
	return value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : octal(3)(value);
}

const octal = (width: number) => (value: number) => value.toString(8).padStart(width, '0');
const hexadecimal = (width: number) => (value: number) => value.toString(16).padStart(width, '0');

const FORMS: Readonly<Record<string, Form>> = {
	x1: { size: 1, width: 2, print: hexadecimal(2) },
	x2: { size: 2, width: 4, print: hexadecimal(4) },
	x4: { size: 4, width: 8, print: hexadecimal(8) },
	x: { size: 4, width: 8, print: hexadecimal(8) },
	o1: { size: 1, width: 3, print: octal(3) },
	o2: { size: 2, width: 6, print: octal(6) },
	u1: { size: 1, width: 3, print: String },
	d1: { size: 1, width: 4, print: (value) => String(value > 127 ? value - 256 : value) },
	c: { size: 1, width: 3, print: character }
};

/** `-c` and `-x` are older ways to name a form. */
const OLD: Readonly<Record<string, string>> = { c: 'c', x: 'x2', b: 'o1', o: 'o2' };
const ADDRESS: Readonly<Record<string, (at: number) => string>> = {
	o: (at) => at.toString(8).padStart(7, '0'),
	x: (at) => at.toString(16).padStart(6, '0'),
	d: (at) => String(at).padStart(7, '0'),
	n: () => ''
};

export function od(input: Input): Output {
	const { flags, values, operands, unknown } = options(input.args, 'vcxbo', 'AtNj');
	if (unknown !== undefined) return invalidOption('od', unknown);
	const old = [...flags].find((flag) => flag in OLD);
	const type = values.get('t') ?? (old === undefined ? 'o2' : (OLD[old] ?? 'o2'));
	const form = FORMS[type];
	if (!form) return failed(`od: invalid type string '${type}'\n`);
	const radix = values.get('A') ?? 'o';
	const address = ADDRESS[radix];
	if (!address)
		return failed(
			`od: invalid output address radix '${radix}'; it must be one character from [doxn]\n`
		);
	const parts: Uint8Array[] = [];
	let stderr = '';
	for (const name of operands.length > 0 ? operands : ['-']) {
		const bytes = name === '-' ? input.stdin : readPath(name, input);
		if (bytes) parts.push(bytes);
		else stderr += `od: ${name}: ${NO_FILE}\n`;
	}
	const from = Number(values.get('j') ?? 0);
	const whole = concat(parts).subarray(from);
	const shown = whole.subarray(0, Number(values.get('N') ?? whole.length));
	if (parts.length === 0) return failed(stderr);
	return done(dump(shown, from, form, address, flags.has('v')), stderr, stderr === '' ? 0 : 1);
}

function dump(
	bytes: Uint8Array,
	from: number,
	form: Form,
	address: (at: number) => string,
	all: boolean
): string {
	const lines: string[] = [];
	let before: string | undefined;
	let isRepeated = false;
	for (let at = 0; at < bytes.length; at += ROW) {
		const row = rowText(bytes.subarray(at, at + ROW), form);
		const isFull = at + ROW <= bytes.length;
		// rows like the one before are one asterisk
		if (!all && isFull && row === before) {
			if (!isRepeated) lines.push('*');
			isRepeated = true;
			continue;
		}
		lines.push(address(from + at) + row);
		before = isFull ? row : undefined;
		isRepeated = false;
	}
	const end = address(from + bytes.length);
	if (end !== '') lines.push(end);
	return lines.map((line) => `${line}\n`).join('');
}

/** Little-endian, as on the machines that people have. */
function rowText(row: Uint8Array, { size, width, print }: Form): string {
	let text = '';
	for (let at = 0; at < row.length; at += size) {
		let value = 0;
		for (let index = 0; index < size; index++) value += (row[at + index] ?? 0) * 256 ** index;
		text += ` ${print(value).padStart(width)}`;
	}
	return text;
}
