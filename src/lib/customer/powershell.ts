/** What a command does, in the words of PowerShell, from Windows PowerShell 5.1 on. */
import { isThere, type Shell } from './shell';

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
export const powerShell: Shell = {
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

/** @param always inside an expression a bare word is not a string */
function quotePowerShell(name: string, always = false): string {
	const path = name.startsWith('-') ? `.\\${name}` : name;
	if (!always && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(path)) return path;
	// PowerShell takes typographic quotation marks for quotation marks.
	return `'${path.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
