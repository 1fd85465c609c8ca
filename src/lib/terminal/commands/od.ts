/** od: bytes as octal, hexadecimal or characters, in the forms that trainees type. */
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

const FORMS = new Map<string, Form>(
	Object.entries({
		x1: { size: 1, width: 2, print: hexadecimal(2) },
		x2: { size: 2, width: 4, print: hexadecimal(4) },
		x4: { size: 4, width: 8, print: hexadecimal(8) },
		x: { size: 4, width: 8, print: hexadecimal(8) },
		o1: { size: 1, width: 3, print: octal(3) },
		o2: { size: 2, width: 6, print: octal(6) },
		u1: { size: 1, width: 3, print: String },
		d1: { size: 1, width: 4, print: (value) => String(value > 127 ? value - 256 : value) },
		c: { size: 1, width: 3, print: character }
	} satisfies Record<string, Form>)
);

/** `-c` and `-x` are older ways to name a form. */
const OLD = new Map(Object.entries({ c: 'c', x: 'x2', b: 'o1', o: 'o2' }));
const ADDRESS = new Map<string, (at: number) => string>(
	Object.entries({
		o: (at: number) => at.toString(8).padStart(7, '0'),
		x: (at: number) => at.toString(16).padStart(6, '0'),
		d: (at: number) => String(at).padStart(7, '0'),
		n: () => ''
	} satisfies Record<string, (at: number) => string>)
);

const LONG = new Map([
	['--address-radix', 'A:'],
	['--format', 't:'],
	['--read-bytes', 'N:'],
	['--skip-bytes', 'j:'],
	['--output-duplicates', 'v']
]);

export function od(input: Input): Output {
	const { flags, values, operands, unknown } = options(input.args, 'vcxbo', 'AtNj', LONG);
	if (unknown !== undefined) return invalidOption('od', unknown);
	const skipped = countOf(values, 'j');
	const most = countOf(values, 'N');
	const problem = skipped.problem ?? most.problem;
	if (problem !== undefined) return failed(problem);
	const old = [...flags].findLast((flag) => OLD.has(flag)) ?? 'o';
	const type = values.get('t') || (OLD.get(old) ?? 'o2');
	const form = FORMS.get(type);
	if (!form) {
		const strange = /[^acdfouxz0-9CSILFD]/.exec(type)?.[0];
		return failed(
			strange === undefined
				? `od: invalid type string ${quoted(type)}\n`
				: `od: invalid character '${strange}' in type string ${quoted(type)}\n`
		);
	}
	const radix = (values.get('A') ?? 'o').charAt(0);
	const address = ADDRESS.get(radix);
	if (!address)
		return failed(
			`od: invalid output address radix '${radix}'; it must be one character from [doxn]\n`
		);
	const parts = collector();
	let found = 0;
	let stderr = '';
	for (const name of operands.length > 0 ? operands : ['-']) {
		const bytes = readOperand(
			name,
			input,
			most.value === undefined ? undefined : (skipped.value ?? 0) + most.value
		);
		if (!bytes) stderr += `od: ${name}: ${NO_FILE}\n`;
		else {
			parts.add(bytes);
			found++;
		}
	}
	if (found === 0) return failed(stderr);
	const whole = parts.all();
	const from = skipped.value ?? 0;
	if (from > whole.length) return failed(`${stderr}od: cannot skip past end of combined input\n`);
	const shown = whole.subarray(from, from + (most.value ?? whole.length));
	return done(dump(shown, from, form, address, flags.has('v')), stderr, stderr === '' ? 0 : 1);
}

function countOf(
	values: ReadonlyMap<string, string>,
	letter: 'j' | 'N'
): { readonly value?: number; readonly problem?: string } {
	const typed = values.get(letter);
	if (typed === undefined) return {};
	const count = gnuNumber(typed, { suffixes: true, anyBase: true });
	if (count.ok) return { value: count.value };
	if (count.why === 'suffix')
		return { problem: `od: invalid suffix in -${letter} argument ${quoted(typed)}\n` };
	if (count.why === 'overflow')
		return { problem: `od: -${letter} argument ${quoted(typed)} too large\n` };
	return { problem: `od: invalid -${letter} argument ${quoted(typed)}\n` };
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
		// repeated rows are shown as one asterisk
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

/** Little-endian, as on common machines. */
function rowText(row: Uint8Array, { size, width, print }: Form): string {
	let text = '';
	for (let at = 0; at < row.length; at += size) {
		let value = 0;
		for (let index = 0; index < size; index++) value += (row[at + index] ?? 0) * 256 ** index;
		text += ` ${print(value).padStart(width)}`;
	}
	return text;
}
