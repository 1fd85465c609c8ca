/** Numbers as the machine's tools read them. */

/** What GNU's xstrtol multiplies by. `B` behind a letter: powers of 1000. */
const POWERS = new Map(Array.from('KMGTPEZYRQ', (letter, index) => [letter, index + 1]));
/** The largest number that the tools count with. */
const LARGEST = 2n ** 64n - 1n;

export type GnuNumber =
	| { readonly ok: true; readonly value: number }
	| { readonly ok: false; readonly why: 'invalid' | 'suffix' | 'overflow' };

export interface GnuNumberRules {
	/** Multipliers are taken: `b`, `K`, `MB` and so on. */
	readonly suffixes?: boolean;
	/** `0x10` and `010` are hexadecimal and octal. */
	readonly anyBase?: boolean;
}

/** A number without a minus, with blanks and a plus before it. What is larger than a double counts exactly is rounded. */
export function gnuNumber(
	text: string,
	{ suffixes = false, anyBase = false }: GnuNumberRules = {}
): GnuNumber {
	const [, digits = '', suffix = ''] =
		(anyBase ? /^[\t-\r ]*\+?(0[xX][0-9a-fA-F]+|\d+|)(.*)$/s : /^[\t-\r ]*\+?(\d*)(.*)$/s).exec(
			text
		) ?? [];
	const factor = suffixes ? factorOf(suffix) : suffix === '' ? 1n : undefined;
	// a multiplier without a number is one of them
	if (digits === '' && (suffix === '' || factor === undefined))
		return { ok: false, why: 'invalid' };
	const parsed = digits === '' ? { value: 1n, length: 0 } : valueOf(digits, anyBase);
	if (parsed.length < digits.length || factor === undefined) return { ok: false, why: 'suffix' };
	const value = parsed.value * factor;
	return value > LARGEST ? { ok: false, why: 'overflow' } : { ok: true, value: Number(value) };
}

/** More digits than that are more than any number that is counted with. */
const MOST_DIGITS = 400;

function valueOf(digits: string, anyBase: boolean): { value: bigint; length: number } {
	if (digits.length > MOST_DIGITS && !/^0*$/.test(digits.slice(0, -MOST_DIGITS)))
		return { value: LARGEST + 1n, length: digits.length };
	const short = digits.length > MOST_DIGITS ? digits.slice(-MOST_DIGITS) : digits;
	if (!anyBase || !/^0./.test(digits)) return { value: BigInt(short), length: digits.length };
	if (/^0x/i.test(digits)) return { value: BigInt(digits), length: digits.length };
	const octal = /^[0-7]*/.exec(digits)?.[0] ?? '';
	return { value: BigInt(`0o${octal}`), length: octal.length };
}

function factorOf(suffix: string): bigint | undefined {
	if (suffix === '') return 1n;
	if (suffix === 'b') return 512n;
	const [letter, ending] = [suffix.charAt(0), suffix.slice(1)];
	const power = POWERS.get(letter === 'k' || letter === 'm' ? letter.toUpperCase() : letter);
	if (power === undefined) return undefined;
	if (ending === '' || ending === 'iB') return 1024n ** BigInt(power);
	return ending === 'B' ? 1000n ** BigInt(power) : undefined;
}

/** As C's strtol with base 0 reads the beginning of a text; 0 where there is no number. xxd reads all of its numbers so. */
export function strtol(text: string): number {
	const [, sign, digits = ''] =
		/^[\t-\r ]*([+-]?)(0[xX][0-9a-fA-F]{1,15}|0[0-7]{0,20}|[1-9]\d{0,14})/.exec(text) ?? [];
	const octal = /^0[0-7]+$/.test(digits);
	const value = digits === '' ? 0 : Number(octal ? `0o${digits}` : digits);
	return sign === '-' ? -value : value;
}
