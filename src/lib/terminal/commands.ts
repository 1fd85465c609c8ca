/** The terminal's commands except openssl, by name. Their output is that of the GNU tools, and of vim's xxd. */
import { base64 } from './commands/base64';
import { cmp } from './commands/cmp';
import { dd } from './commands/dd';
import { file } from './commands/file';
import { cat, cp, head, ls, mv, rm, tail } from './commands/files';
import { od } from './commands/od';
import { sha256sum } from './commands/sha256sum';
import { tee } from './commands/tee';
import { bracket, test } from './commands/test';
import { echo, printf, tr } from './commands/text';
import { wc } from './commands/wc';
import { xxd } from './commands/xxd';
import { done, type Run } from './io';

/** A map, not an object, because typed text is the key. */
export const COMMANDS: ReadonlyMap<string, Run> = new Map<string, Run>(
	Object.entries({
		'[': bracket,
		base64,
		cat,
		cmp,
		cp,
		dd,
		echo,
		false: () => done('', '', 1),
		file,
		head,
		ls,
		mv,
		od,
		printf,
		rm,
		sha256sum,
		tail,
		tee,
		test,
		tr,
		true: () => done(),
		wc,
		xxd
	})
);
