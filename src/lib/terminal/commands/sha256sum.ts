/** sha256sum (FIPS 180-4). */
import { sha256HexNow } from '../../crypto/sha256';
import {
	concat,
	done,
	invalidOption,
	NO_FILE,
	options,
	readOperand,
	type Input,
	type Output
} from '../io';

const LONG = new Map([
	['--binary', 'b'],
	['--text', 't']
]);

export function sha256sum(input: Input): Output {
	const { operands, unknown } = options(input.args, 'bt', '', LONG);
	if (unknown !== undefined) return invalidOption('sha256sum', unknown);
	let stdout = '';
	let stderr = '';
	for (const name of operands.length > 0 ? operands : ['-']) {
		const bytes = readOperand(name, input);
		if (bytes) stdout += `${sha256HexNow(concat([bytes]))}  ${name}\n`;
		else stderr += `sha256sum: ${name}: ${NO_FILE}\n`;
	}
	return done(stdout, stderr, stderr === '' ? 0 : 1);
}
