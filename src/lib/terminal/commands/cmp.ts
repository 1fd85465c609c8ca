/** cmp: whether two files are the same, and where they first differ. */
import { done, failed, NO_FILE, options, readOperand, type Input, type Output } from '../io';

const NOT_THERE = 2;
const LONG = new Map([
	['--silent', 's'],
	['--quiet', 's']
]);

export function cmp(input: Input): Output {
	const { flags, operands, unknown } = options(input.args, 's', '', LONG);
	if (unknown !== undefined)
		return failed(`cmp: ${unknown}\ncmp: Try 'cmp --help' for more information.\n`, NOT_THERE);
	const [first, second = '-'] = operands;
	if (first === undefined)
		return failed(
			"cmp: missing operand after 'cmp'\ncmp: Try 'cmp --help' for more information.\n",
			NOT_THERE
		);
	const isSilent = flags.has('s');
	const [a, b] = [first, second].map((name) => readOperand(name, input));
	if (!a || !b)
		return failed(isSilent ? '' : `cmp: ${a ? second : first}: ${NO_FILE}\n`, NOT_THERE);
	const at = a.findIndex((byte, index) => byte !== b[index]);
	const common = Math.min(a.length, b.length);
	if ((at < 0 || at >= common) && a.length === b.length) return done();
	if (isSilent) return failed('');
	if (at >= 0 && at < common) {
		const line = a.subarray(0, at).reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 1);
		return done(`${first} ${second} differ: byte ${String(at + 1)}, line ${String(line)}\n`, '', 1);
	}
	const shorter = a.length < b.length ? first : second;
	if (common === 0) return failed(`cmp: EOF on ${shorter} which is empty\n`);
	const kept = a.subarray(0, common);
	const lines = kept.reduce((sum, byte) => sum + (byte === 0x0a ? 1 : 0), 0);
	const where = kept.at(-1) === 0x0a ? `line ${String(lines)}` : `in line ${String(lines + 1)}`;
	return failed(`cmp: EOF on ${shorter} after byte ${String(common)}, ${where}\n`);
}
