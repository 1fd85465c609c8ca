/**
 * How a shell writes what a command does. Pure text: nothing here runs anything.
 *
 * Rules that keep the commands safe to paste:
 * - A command never changes a file that exists, because that file may be the only copy of a key. Before it writes, it checks
 *   whether its file exists, and says so instead of writing.
 * - No form can fail without a message: no `enc -d -base64`, no `>` in PowerShell (5.1 writes UTF-16).
 * - `-encrypt -pubin` stand before `-inkey` and `-pkeyopt` after it, because LibreSSL and OpenSSL 1.0 apply options in order.
 * - No comments: zsh doesn't accept them at its prompt.
 *
 * @see domain.md 1.10, run with OpenSSL 3.0 and 3.5
 */
import type { WrappingAlgorithm } from '../domain/algorithms';
import { writes, type FileAction, type ShellAction } from './file-actions';

export interface Shell {
	readonly quote: (name: string) => string;
	/** Continues a command in the next line. */
	readonly lineEnd: string;
	/** Where the file exists, the command isn't run. */
	unlessThere(file: string, command: string): string;
	command(action: ShellAction): string;
}

/** Without any of these OpenSSL uses PKCS #1 v1.5; OAEP alone means SHA-1. MGF1 follows `rsa_oaep_md`. */
const PADDING: Readonly<Record<WrappingAlgorithm, readonly string[]>> = {
	RSAES_OAEP_SHA_256: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256'],
	RSAES_OAEP_SHA_1: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha1'],
	RSAES_PKCS1_V1_5: ['rsa_padding_mode:pkcs1']
};

export const isThere = (name: string): string => `${name} exists already`;

/** One command for each action, in the words of a shell. */
export function render(shell: Shell, actions: readonly FileAction[]): string {
	return actions.map((action) => line(shell, action)).join('\n');
}

function line(shell: Shell, action: FileAction): string {
	const file = writes(action);
	const command = commandOf(shell, action);
	return file === undefined ? command : shell.unlessThere(file, command);
}

function commandOf(shell: Shell, action: FileAction): string {
	const { quote } = shell;
	const lines = (...parts: readonly (readonly string[])[]) =>
		parts.map((words) => words.join(' ')).join(`${shell.lineEnd}\n  `);
	switch (action.act) {
		case 'random':
			return `openssl rand -out ${quote(action.to)} ${String(action.bytes)}`;
		case 'derToPem':
			return lines(
				['openssl pkey -pubin -inform DER'],
				['-in', quote(action.from)],
				['-out', quote(action.to)]
			);
		case 'wrap':
			return lines(
				['openssl pkeyutl -encrypt -pubin'],
				['-inkey', quote(action.publicKey)],
				...PADDING[action.algorithm].map((option) => ['-pkeyopt', option]),
				['-in', quote(action.from)],
				['-out', quote(action.to)]
			);
		default:
			return shell.command(action);
	}
}
