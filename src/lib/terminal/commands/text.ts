/** echo and printf as bash's own, and tr. */
import { concat, done, failed, quoted, textBytes, type Input, type Output } from '../io';

const ESCAPED: Readonly<Record<string, number>> = {
	a: 7,
	b: 8,
	e: 27,
	f: 12,
	n: 10,
	r: 13,
	t: 9,
	v: 11,
	'\\': 92,
	"'": 39,
	'"': 34
};

/** @param zero echo's octal escapes begin with a zero */
function unescape(text: string, zero = false): Uint8Array {
	const octal = zero ? /^\\0([0-7]{0,3})/ : /^\\([0-7]{1,3})/;
	const parts: Uint8Array[] = [];
	for (let at = 0; at < text.length;) {
		const rest = text.slice(at);
		const hex = /^\\x([0-9a-fA-F]{1,2})/.exec(rest);
		const digits = octal.exec(rest);
		const named = rest.startsWith('\\') ? ESCAPED[rest.charAt(1)] : undefined;
		if (hex?.[1] !== undefined) {
			parts.push(new Uint8Array([Number.parseInt(hex[1], 16)]));
			at += hex[0].length;
		} else if (digits) {
			parts.push(new Uint8Array([Number.parseInt(digits[1] || '0', 8) & 0xff]));
			at += digits[0].length;
		} else if (named !== undefined) {
			parts.push(new Uint8Array([named]));
			at += 2;
		} else {
			const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
			parts.push(textBytes(character));
			at += character.length;
		}
	}
	return concat(parts);
}

export function echo({ args }: Input): Output {
	let first = 0;
	let newline = true;
	let escapes = false;
	while (/^-[neE]+$/.test(args[first] ?? '')) {
		const flags = args[first] ?? '';
		if (flags.includes('n')) newline = false;
		if (flags.includes('e')) escapes = true;
		if (flags.includes('E')) escapes = false;
		first++;
	}
	const text = args.slice(first).join(' ');
	const bytes = escapes ? unescape(text, true) : textBytes(text);
	return done(concat([bytes, textBytes(newline ? '\n' : '')]));
}

/** The format is used again as long as arguments are left. */
export function printf({ args }: Input): Output {
	const [format, ...values] = args;
	if (format === undefined) return failed('printf: usage: printf [-v var] format [arguments]\n', 2);
	const parts: Uint8Array[] = [];
	let next = 0;
	do {
		const before = next;
		for (const piece of format.match(/%[-0#+ ]*\d*(?:\.\d+)?[a-zA-Z%]|(?:[^%])+|%/g) ?? [])
			if (piece.startsWith('%') && piece.length > 1) {
				if (piece === '%%') parts.push(textBytes('%'));
				else parts.push(conversion(piece, values[next++] ?? ''));
			} else parts.push(unescape(piece));
		if (next === before) break;
	} while (next < values.length);
	return done(concat(parts));
}

function conversion(piece: string, value: string): Uint8Array {
	const [, flags = '', width = '0', kind = 's'] =
		/^%([-0#+ ]*)(\d*)(?:\.\d+)?(.)$/.exec(piece) ?? [];
	if (kind === 'b') return unescape(value, true);
	const number = Number(value);
	const text =
		kind === 'd' || kind === 'i' || kind === 'u'
			? String(Math.trunc(number))
			: kind === 'x' || kind === 'X'
				? number.toString(16)
				: kind === 'o'
					? number.toString(8)
					: kind === 'c'
						? value.slice(0, 1)
						: value;
	const cased = kind === 'X' ? text.toUpperCase() : text;
	const length = Number(width || 0);
	if (flags.includes('-')) return textBytes(cased.padEnd(length));
	return textBytes(cased.padStart(length, flags.includes('0') && kind !== 's' ? '0' : ' '));
}

const CLASSES: Readonly<Record<string, RegExp>> = {
	alnum: /[A-Za-z0-9]/,
	alpha: /[A-Za-z]/,
	digit: /[0-9]/,
	lower: /[a-z]/,
	print: /[ -~]/,
	punct: /[!-/:-@[-`{-~]/,
	space: /[\t-\r ]/,
	upper: /[A-Z]/,
	xdigit: /[0-9A-Fa-f]/
};

/** Characters, ranges, classes and escapes, as a list of bytes. */
function setOf(text: string): number[] {
	const bytes: number[] = [];
	const expanded = text.replace(/\[:(\w+):\]/g, (whole, name: string) => {
		const matcher = CLASSES[name];
		if (!matcher) return whole;
		const members = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
		return members
			.filter((member) => matcher.test(member))
			.join('')
			.replaceAll('\\', '\\\\')
			.replaceAll('-', '\\055');
	});
	const plain = expanded.replace(/\\-/g, '\\055');
	for (const piece of plain.match(/\\[0-7]{1,3}|\\.|[\s\S]/g) ?? []) {
		const [byte = 0] = unescape(piece);
		const isRange = piece === '-' && bytes.length > 0;
		bytes.push(isRange ? -1 : byte);
	}
	return bytes.flatMap((byte, index) => {
		if (byte !== -1) return [byte];
		const [from = 0, to] = [bytes[index - 1], bytes[index + 1]];
		if (to === undefined || to === -1) return [0x2d];
		return Array.from({ length: Math.max(0, to - from - 1) }, (_, step) => from + step + 1);
	});
}

export function tr({ args, stdin }: Input): Output {
	const flags = new Set(
		args
			.filter((arg) => /^-[cdsC]+$/.test(arg))
			.join('')
			.replaceAll('-', '')
	);
	const sets = args.filter((arg) => !/^-[cdsC]+$/.test(arg)).map(setOf);
	const [first, second] = sets;
	if (!first) return failed("tr: missing operand\nTry 'tr --help' for more information.\n");
	const isDeleting = flags.has('d');
	if (!second && !isDeleting && !flags.has('s'))
		return failed(
			`tr: missing operand after ${quoted(args.at(-1) ?? '')}\nTwo strings must be given when translating.\nTry 'tr --help' for more information.\n`
		);
	const complemented = flags.has('c') || flags.has('C');
	const isIn = (byte: number) => first.includes(byte) !== complemented;
	const last = second?.at(-1) ?? 0;
	const translated = Array.from(stdin).flatMap((byte) => {
		if (isDeleting) return isIn(byte) ? [] : [byte];
		if (!second || !isIn(byte)) return [byte];
		return [complemented ? last : (second[first.lastIndexOf(byte)] ?? last)];
	});
	if (!flags.has('s')) return done(new Uint8Array(translated));
	const squeezed = second ?? first;
	return done(
		new Uint8Array(
			translated.filter((byte, index) => byte !== translated[index - 1] || !squeezed.includes(byte))
		)
	);
}
