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

/** What only POSIX shells are offered. */
type PosixConversion =
	| ({ readonly act: 'base64ToBytes' | 'base64urlToBytes' } & Conversion)
	| ({ readonly act: 'firstBytes'; readonly bytes: number } & Conversion);

export type FileAction =
	| { readonly act: 'random'; readonly bytes: number; readonly to: string }
	| ({ readonly act: 'hexToBytes' | 'bytesToHex' } & Conversion)
	| ({ readonly act: 'derToPem' } & Conversion)
	| ({
			readonly act: 'wrap';
			readonly algorithm: WrappingAlgorithm;
			/** PEM. */
			readonly publicKey: string;
	  } & Conversion)
	| { readonly act: 'sizes'; readonly of: readonly string[] };

export type PosixAction = FileAction | PosixConversion;

/** The files that an action reads. */
export function reads(action: PosixAction): readonly string[] {
	switch (action.act) {
		case 'random':
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
export const writes = (action: PosixAction): string | undefined =>
	'to' in action ? action.to : undefined;

/** Without any of these OpenSSL uses PKCS #1 v1.5; OAEP alone means SHA-1. MGF1 follows `rsa_oaep_md`. */
const PADDING: Readonly<Record<WrappingAlgorithm, readonly string[]>> = {
	RSAES_OAEP_SHA_256: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256'],
	RSAES_OAEP_SHA_1: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha1'],
	RSAES_PKCS1_V1_5: ['rsa_padding_mode:pkcs1']
};

const isThere = (name: string): string => `${name} exists already`;

interface Shell<Action extends PosixAction> {
	readonly quote: (name: string) => string;
	/** Continues a command in the next line. */
	readonly lineEnd: string;
	/** Where the file exists, the command isn't run. */
	unlessThere(file: string, command: string): string;
	/** Of actions that openssl doesn't do. */
	command(action: Exclude<Action, { readonly act: OpensslAct }>): string;
}

type OpensslAct = 'random' | 'derToPem' | 'wrap';

const posix: Shell<PosixAction> = {
	quote: quotePosix,
	lineEnd: ' \\',
	unlessThere: (file, command) =>
		`test -e ${quotePosix(file)} && echo ${quotePosix(isThere(file))} || \\\n  ${command}`,
	command(action) {
		if (action.act === 'sizes') return `wc -c ${action.of.map(quotePosix).join(' ')}`;
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

const inThisFolder = (name: string): string =>
	`(Join-Path $PWD.ProviderPath ${quotePowerShell(name, true)})`;

// .NET has its own current folder, hence the whole paths. [Convert]::FromHexString is not in Windows PowerShell 5.1.
const powerShell: Shell<FileAction> = {
	quote: quotePowerShell,
	lineEnd: ' `',
	unlessThere: (file, command) =>
		`if (Test-Path -LiteralPath ${quotePowerShell(file, true)}) { ${quotePowerShell(isThere(file), true)} } else {\n${command}\n}`,
	command(action) {
		switch (action.act) {
			case 'sizes':
				return `Get-Item -LiteralPath ${action.of.map((name) => quotePowerShell(name, true)).join(', ')} | Select-Object Name, Length`;
			case 'hexToBytes':
				return [
					`$hex = (Get-Content -Raw -LiteralPath ${quotePowerShell(action.from, true)}) -replace '\\s', ''`,
					`$bytes = [byte[]]@(for ($i = 0; $i -lt $hex.Length; $i += 2) { [Convert]::ToByte($hex.Substring($i, 2), 16) })`,
					`[IO.File]::WriteAllBytes(${inThisFolder(action.to)}, $bytes)`
				].join('\n');
			case 'bytesToHex':
				return [
					`$bytes = [IO.File]::ReadAllBytes(${inThisFolder(action.from)})`,
					`[IO.File]::WriteAllText(${inThisFolder(action.to)}, [BitConverter]::ToString($bytes).Replace('-', ''))`
				].join('\n');
		}
	}
};

/** One command for each action, in the words of the platform's shell. */
export function render(platform: Platform, actions: readonly FileAction[]): string {
	return platform === 'powershell'
		? actions.map((action) => line(powerShell, action)).join('\n')
		: renderPosix(actions);
}

export const renderPosix = (actions: readonly PosixAction[]): string =>
	actions.map((action) => line(posix, action)).join('\n');

function line<Action extends PosixAction>(shell: Shell<Action>, action: Action): string {
	const file = writes(action);
	const command = commandOf(shell, action);
	return file === undefined ? command : shell.unlessThere(file, command);
}

function commandOf<Action extends PosixAction>(shell: Shell<Action>, action: Action): string {
	const { quote } = shell;
	const lines = (...parts: readonly (readonly string[])[]) =>
		parts.map((words) => words.join(' ')).join(`${shell.lineEnd}\n  `);
	const asked: PosixAction = action;
	switch (asked.act) {
		case 'random':
			return `openssl rand -out ${quote(asked.to)} ${String(asked.bytes)}`;
		case 'derToPem':
			return lines(
				['openssl pkey -pubin -inform DER'],
				['-in', quote(asked.from)],
				['-out', quote(asked.to)]
			);
		case 'wrap':
			return lines(
				['openssl pkeyutl -encrypt -pubin'],
				['-inkey', quote(asked.publicKey)],
				...PADDING[asked.algorithm].map((option) => ['-pkeyopt', option]),
				['-in', quote(asked.from)],
				['-out', quote(asked.to)]
			);
		default:
			return shell.command(action as Exclude<Action, { readonly act: OpensslAct }>);
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
