/** Reads numbers as the command line tools do. */

/** The suffixes of GNU's xstrtol. `B` after a letter means powers of 1000. */
const POWERS = new Map(Array.from('KMGTPEZYRQ', (letter, index) => [letter, index + 1]));
/** The largest number that the tools count with. */
const LARGEST = 2n ** 64n - 1n;

export type GnuNumber =
	| { readonly ok: true; readonly value: number }
	| { readonly ok: false; readonly why: 'invalid' | 'suffix' | 'overflow' };

export interface GnuNumberRules {
	/** Accepts multipliers: `b`, `K`, `MB` and so on. */
	readonly suffixes?: boolean;
	/** Reads `0x10` as hexadecimal and `010` as octal. */
	readonly anyBase?: boolean;
}

/** A number without a minus; spaces and a plus may precede it. Values beyond the exact range of a double are rounded. */
export function gnuNumber(
	text: string,
	{ suffixes = false, anyBase = false }: GnuNumberRules = {}
): GnuNumber {
	const [, digits = '', suffix = ''] =
		(anyBase ? /^[\t-\r ]*\+?(0[xX][0-9a-fA-F]+|\d+|)(.*)/s : /^[\t-\r ]*\+?(\d*)(.*)/s).exec(
			text
		) ?? [];
	const factor = suffixes ? factorOf(suffix) : suffix === '' ? 1n : undefined;
	// a multiplier without a number means one
	if (digits === '' && (suffix === '' || factor === undefined))
		return { ok: false, why: 'invalid' };
	const parsed = digits === '' ? { value: 1n, length: 0 } : valueOf(digits, anyBase);
	if (parsed.length < digits.length || factor === undefined) return { ok: false, why: 'suffix' };
	const value = parsed.value * factor;
	return value > LARGEST ? { ok: false, why: 'overflow' } : { ok: true, value: Number(value) };
}

/** A number with more digits is larger than every number that the tools count with. */
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

/** Reads the start of a text as C's strtol with base 0 does; 0 without a number. xxd reads all its numbers like this. */
export function strtol(text: string): number {
	const [, sign, digits = ''] =
		/^[\t-\r ]*([+-]?)(0[xX][0-9a-fA-F]{1,15}|0[0-7]{0,20}|[1-9]\d{0,14})/.exec(text) ?? [];
	const octal = /^0[0-7]+$/.test(digits);
	const value = digits === '' ? 0 : Number(octal ? `0o${digits}` : digits);
	return sign === '-' ? -value : value;
}
