/**
 * The commands that do the customer's half of the procedure with OpenSSL. Pure text; nothing here runs anything.
 *
 * Three rules keep them safe to paste. No form that can fail without a word: no pipe whose first half may be missing,
 * no `enc -d -base64` without `-A`, no `>` in PowerShell (5.1 writes UTF-16). `-encrypt -pubin` stand before `-inkey`
 * and `-pkeyopt` after it, because LibreSSL and OpenSSL 1.0 act on options in the order they come. No comments, since
 * zsh does not take them at its prompt.
 *
 * @see domain.md 1.10, run with OpenSSL 3.0 and 3.5
 */
import {
	MATERIAL_BYTES,
	PUBLIC_KEY_BYTES,
	WRAPPED_BYTES,
	type WrappingAlgorithm
} from '../domain/algorithms';
import type { CallFileNames } from './file-names';

export const PLATFORMS = ['openssl', 'libressl', 'powershell'] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface CommandSession {
	readonly algorithm: WrappingAlgorithm;
	/** The file with the 32 bytes. */
	readonly material: string;
	/** The files of the call whose public key encrypts them. */
	readonly files: CallFileNames;
}

export interface CommandStep {
	/** `publicKey` is for a public key downloaded as hexadecimal text, `hex` for those who want text to upload. */
	readonly id: 'material' | 'publicKey' | 'wrap' | 'hex' | 'check';
	readonly optional: boolean;
	readonly command: string;
	/** Files that exist afterwards, and how long each of them must be. */
	readonly results: readonly { readonly name: string; readonly bytes: number }[];
}

/** Without any of these OpenSSL takes PKCS#1 v1.5; OAEP alone means SHA-1. MGF1 follows `rsa_oaep_md`. */
const PADDING: Readonly<Record<WrappingAlgorithm, readonly string[]>> = {
	RSAES_OAEP_SHA_256: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256'],
	RSAES_OAEP_SHA_1: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha1'],
	RSAES_PKCS1_V1_5: ['rsa_padding_mode:pkcs1']
};

interface Shell {
	quote(name: string): string;
	/** Words of one command; each inner list stays on one line. */
	lines(parts: readonly (readonly string[])[]): string;
	hexToFile(hex: string, file: string): string;
	fileToHex(file: string, hex: string): string;
	sizes(files: readonly string[]): string;
	/** Bytes of 256 bytes written as hexadecimal text: `xxd` ends the line. */
	readonly hexFileBytes: number;
}

const posix: Shell = {
	quote: quotePosix,
	lines: (parts) => parts.map((words) => words.join(' ')).join(' \\\n  '),
	hexToFile: (hex, file) => `xxd -r -p ${quotePosix(hex)} ${quotePosix(file)}`,
	fileToHex: (file, hex) =>
		`xxd -p -c ${String(WRAPPED_BYTES)} ${quotePosix(file)} ${quotePosix(hex)}`,
	sizes: (files) => `wc -c ${files.map(quotePosix).join(' ')}`,
	hexFileBytes: 2 * WRAPPED_BYTES + 1
};

const inThisFolder = (name: string): string =>
	`(Join-Path $PWD.ProviderPath ${quotePowerShell(name, true)})`;

// .NET has its own current folder, hence the whole paths. [Convert]::FromHexString is not in Windows PowerShell 5.1.
const powerShell: Shell = {
	quote: quotePowerShell,
	lines: (parts) => parts.map((words) => words.join(' ')).join(' `\n  '),
	hexToFile: (hex, file) =>
		[
			`$hex = (Get-Content -Raw -LiteralPath ${quotePowerShell(hex, true)}) -replace '\\s', ''`,
			`$bytes = [byte[]]@(for ($i = 0; $i -lt $hex.Length; $i += 2) { [Convert]::ToByte($hex.Substring($i, 2), 16) })`,
			`[IO.File]::WriteAllBytes(${inThisFolder(file)}, $bytes)`
		].join('\n'),
	fileToHex: (file, hex) =>
		[
			`$bytes = [IO.File]::ReadAllBytes(${inThisFolder(file)})`,
			`[IO.File]::WriteAllText(${inThisFolder(hex)}, [BitConverter]::ToString($bytes).Replace('-', ''))`
		].join('\n'),
	sizes: (files) =>
		`Get-Item -LiteralPath ${files.map((name) => quotePowerShell(name, true)).join(', ')} | Select-Object Name, Length`,
	hexFileBytes: 2 * WRAPPED_BYTES
};

const SHELL: Readonly<Record<Platform, Shell>> = {
	openssl: posix,
	libressl: posix,
	powershell: powerShell
};

export function commandsFor(platform: Platform, session: CommandSession): CommandStep[] {
	const shell = SHELL[platform];
	const { material, files } = session;
	const materialResult = { name: material, bytes: MATERIAL_BYTES };
	const wrappedResult = { name: files.encrypted, bytes: WRAPPED_BYTES };
	return [
		{
			id: 'material',
			optional: false,
			command: `openssl rand -out ${shell.quote(material)} ${String(MATERIAL_BYTES)}`,
			results: [materialResult]
		},
		{
			id: 'publicKey',
			optional: true,
			command: `${shell.hexToFile(files.publicKeyHex, files.publicKeyDer)}\n${derToPem(shell, files)}`,
			results: [{ name: files.publicKeyDer, bytes: PUBLIC_KEY_BYTES }]
		},
		{
			id: 'wrap',
			optional: false,
			command: wrapCommand(shell, session),
			results: [wrappedResult]
		},
		{
			id: 'hex',
			optional: true,
			command: shell.fileToHex(files.encrypted, files.encryptedHex),
			results: [{ name: files.encryptedHex, bytes: shell.hexFileBytes }]
		},
		{
			id: 'check',
			optional: false,
			command: shell.sizes([material, files.encrypted]),
			results: [materialResult, wrappedResult]
		}
	];
}

function derToPem(shell: Shell, files: CallFileNames): string {
	return shell.lines([
		['openssl pkey -pubin -inform DER'],
		['-in', shell.quote(files.publicKeyDer)],
		['-out', shell.quote(files.publicKeyPem)]
	]);
}

function wrapCommand(shell: Shell, { algorithm, material, files }: CommandSession): string {
	return shell.lines([
		['openssl pkeyutl -encrypt -pubin'],
		['-inkey', shell.quote(files.publicKeyPem)],
		...PADDING[algorithm].map((option) => ['-pkeyopt', option]),
		['-in', shell.quote(material)],
		['-out', shell.quote(files.encrypted)]
	]);
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
