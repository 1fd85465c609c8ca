/** tee: the input to the output and to files. */
import {
	bytesText,
	concat,
	done,
	invalidOption,
	options,
	quoted,
	writePath,
	type Input,
	type Output
} from '../io';
import { writtenTo } from '../streams';

const LONG = new Map([
	['--append', 'a'],
	['--ignore-interrupts', 'i']
]);

export function tee(input: Input): Output {
	const { flags, operands, unknown } = options(input.args, 'ai', '', LONG);
	if (unknown !== undefined) return invalidOption('tee', unknown);
	const { stdin, files } = input;
	const printed = [stdin];
	let stderr = '';
	let code = 0;
	for (const name of operands) {
		if (name === '/dev/stdout') printed.push(stdin);
		else if (name === '/dev/stderr') stderr += bytesText(stdin);
		else {
			const before = flags.has('a') ? writtenTo(name, files) : new Uint8Array();
			const problem = writePath(name, concat([before, stdin]), files);
			if (problem === undefined) continue;
			stderr += `tee: ${name === '' ? quoted(name) : name}: ${problem}\n`;
			code = 1;
		}
	}
	return done(concat(printed), stderr, code);
}
