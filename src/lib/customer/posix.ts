/** What a command does, in the words of a POSIX shell. */
import { WRAPPED_BYTES } from '../domain/algorithms';
import { isThere, type Shell } from './shell';

export const posix: Shell = {
	quote: quotePosix,
	lineEnd: ' \\',
	unlessThere: (file, command) =>
		`test -e ${quotePosix(file)} && echo ${quotePosix(isThere(file))} || \\\n  ${command}`,
	command(action) {
		switch (action.act) {
			case 'sizes':
				return `wc -c ${action.of.map(quotePosix).join(' ')}`;
			case 'sizesOfAll':
				return `wc -c ${action.endings.map((ending) => `*.${ending}`).join(' ')}`;
			case 'showHexAsBase64':
				return `xxd -r -p ${quotePosix(action.from)} | base64 | tr -d '\\n'`;
		}
		const from = quotePosix(action.from);
		const to = quotePosix(action.to);
		switch (action.act) {
			case 'hexToBytes':
				return `xxd -r -p ${from} ${to}`;
			case 'bytesToHex':
				return `xxd -p -c ${String(WRAPPED_BYTES)} ${from} ${to}`;
			case 'base64ToBytes':
				return `base64 -d ${from} > ${to}`;
			case 'base64urlToBytes':
				return `{ tr '_-' '/+' < ${from} | tr -d '=\\n'; echo =; } | base64 -d > ${to}`;
			case 'firstBytes':
				return `head -c ${String(action.bytes)} ${from} > ${to}`;
		}
	}
};

function quotePosix(name: string): string {
	// A leading hyphen would be read as an option.
	const path = name.startsWith('-') ? `./${name}` : name;
	return /^[A-Za-z0-9_./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
