/** test and [, as far as commands ask whether a file exists. */
import { done, failed, readPath, type Input, type Output } from '../io';

const answer = (is: boolean): Output => done('', '', is ? 0 : 1);

function evaluate(args: readonly string[], input: Input, name: string): Output {
	const [first = '', second, ...more] = args;
	if (args.length === 0) return answer(false);
	if (first === '!' && second !== undefined) {
		const inner = evaluate(args.slice(1), input, name);
		return inner.code > 1 ? inner : answer(inner.code === 1);
	}
	if (second === undefined) return answer(first !== '');
	if (more.length > 0) return failed(`sh: ${name}: ${more[0] ?? ''}: unexpected operator\n`, 2);
	switch (first) {
		case '-e':
		case '-f':
		case '-r':
			return answer(readPath(second, input) !== undefined);
		case '-s':
			return answer((readPath(second, input)?.length ?? 0) > 0);
		case '-n':
			return answer(second !== '');
		case '-z':
			return answer(second === '');
		default:
			return failed(`sh: ${name}: ${first}: unexpected operator\n`, 2);
	}
}

/** `[` is `test` with a closing bracket. */
export function bracket(input: Input): Output {
	if (input.args.at(-1) !== ']') return failed("bash: [: missing `]'\n", 2);
	return evaluate(input.args.slice(0, -1), input, '[');
}

export const test = (input: Input): Output => evaluate(input.args, input, 'test');
