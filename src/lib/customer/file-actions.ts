/**
 * What a printed command does with files, as data, and how each shell writes it. Pure text: nothing here runs anything.
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
import { WRAPPED_BYTES, type WrappingAlgorithm } from '../domain/algorithms';

export const PLATFORMS = ['openssl', 'libressl', 'powershell'] as const;
export type Platform = (typeof PLATFORMS)[number];

interface Conversion {
	readonly from: string;
	readonly to: string;
}

/** In the words of `openssl`, which are the same in every shell. */
type OpensslAction =
	| { readonly act: 'random'; readonly bytes: number; readonly to: string }
	| ({ readonly act: 'derToPem' } & Conversion)
	| ({
			readonly act: 'wrap';
			readonly algorithm: WrappingAlgorithm;
			/** PEM. */
			readonly publicKey: string;
	  } & Conversion);

/** In the words of the shell. */
type ShellAction =
	| ({ readonly act: 'hexToBytes' | 'base64ToBytes' | 'base64urlToBytes' } & Conversion)
	| ({ readonly act: 'bytesToHex' } & Conversion)
	| ({ readonly act: 'firstBytes'; readonly bytes: number } & Conversion)
	| { readonly act: 'showHexAsBase64'; readonly from: string }
	| { readonly act: 'sizes'; readonly of: readonly string[] }
	| { readonly act: 'sizesOfAll'; readonly endings: readonly string[] };

export type FileAction = OpensslAction | ShellAction;

/** The files that an action reads by their names. */
export function reads(action: FileAction): readonly string[] {
	switch (action.act) {
		case 'random':
		case 'sizesOfAll':
			return [];
		case 'sizes':
			return action.of;
		case 'wrap':
			return [action.publicKey, action.from];
		default:
			return [action.from];
	}
}

/** The file that an action writes, unless it exists. */
export const writes = (action: FileAction): string | undefined =>
	'to' in action ? action.to : undefined;

/** Without any of these OpenSSL uses PKCS #1 v1.5; OAEP alone means SHA-1. MGF1 follows `rsa_oaep_md`. */
const PADDING: Readonly<Record<WrappingAlgorithm, readonly string[]>> = {
	RSAES_OAEP_SHA_256: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256'],
	RSAES_OAEP_SHA_1: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha1'],
	RSAES_PKCS1_V1_5: ['rsa_padding_mode:pkcs1']
};

const isThere = (name: string): string => `${name} exists already`;

interface Shell {
	readonly quote: (name: string) => string;
	/** Continues a command in the next line. */
	readonly lineEnd: string;
	/** Where the file exists, the command isn't run. */
	unlessThere(file: string, command: string): string;
	command(action: ShellAction): string;
}

const posix: Shell = {
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

/** .NET has its own current folder, hence the whole path. */
const inThisFolder = (name: string): string =>
	`(Join-Path $PWD.ProviderPath ${quotePowerShell(name, true)})`;
const bytesOf = (name: string): string => `[IO.File]::ReadAllBytes(${inThisFolder(name)})`;
const textOf = (name: string): string => `[IO.File]::ReadAllText(${inThisFolder(name)})`;
/** [Convert]::FromHexString is not in Windows PowerShell 5.1. */
const bytesOfHex = (name: string): string =>
	`[byte[]](-split (${textOf(name)} -replace '\\s', '' -replace '..', '0x$& '))`;
const writeBytes = (name: string, bytes: string): string =>
	`[IO.File]::WriteAllBytes(${inThisFolder(name)}, ${bytes})`;

/** Each command is one statement: after an error PowerShell runs the next one, with what an older command left in a variable. */
const powerShell: Shell = {
	quote: quotePowerShell,
	lineEnd: ' `',
	unlessThere: (file, command) =>
		`if (Test-Path -LiteralPath ${quotePowerShell(file, true)}) { ${quotePowerShell(isThere(file), true)} } else {\n${command}\n}`,
	command(action) {
		switch (action.act) {
			case 'sizes':
				return `Get-Item -LiteralPath ${action.of.map((name) => quotePowerShell(name, true)).join(', ')} | Select-Object Name, Length`;
			case 'sizesOfAll':
				return `Get-Item ${action.endings.map((ending) => `*.${ending}`).join(', ')} | Select-Object Name, Length`;
			case 'showHexAsBase64':
				return `[Convert]::ToBase64String(${bytesOfHex(action.from)})`;
			case 'hexToBytes':
				return writeBytes(action.to, bytesOfHex(action.from));
			case 'bytesToHex':
				return `[IO.File]::WriteAllText(${inThisFolder(action.to)}, [BitConverter]::ToString(${bytesOf(action.from)}).Replace('-', ''))`;
			case 'base64ToBytes':
				return writeBytes(action.to, `[Convert]::FromBase64String(${textOf(action.from)})`);
			case 'base64urlToBytes':
				return writeBytes(
					action.to,
					`[Convert]::FromBase64String((${textOf(action.from)} -replace '[=\\s]', '' -replace '-', '+' -replace '_', '/') + '=')`
				);
			case 'firstBytes':
				return writeBytes(
					action.to,
					`[byte[]](${bytesOf(action.from)}[0..${String(action.bytes - 1)}])`
				);
		}
	}
};

const SHELLS: Readonly<Record<Platform, Shell>> = {
	openssl: posix,
	libressl: posix,
	powershell: powerShell
};

/** One command for each action, in the words of the platform's shell. */
export function render(platform: Platform, actions: readonly FileAction[]): string {
	const shell = SHELLS[platform];
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

function quotePosix(name: string): string {
	// A leading hyphen would be read as an option.
	const path = name.startsWith('-') ? `./${name}` : name;
	return /^[A-Za-z0-9_./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** @param always inside an expression a bare word is not a string */
function quotePowerShell(name: string, always = false): string {
	const path = name.startsWith('-') ? `.\\${name}` : name;
	if (!always && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(path)) return path;
	// PowerShell takes typographic quotation marks for quotation marks.
	return `'${path.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
