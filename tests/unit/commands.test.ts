import { execFileSync } from 'node:child_process';
import { constants, createHash, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
	commandsFor,
	PLATFORMS,
	SHELLS,
	type CommandStep,
	type Platform
} from '$lib/customer/commands';
import { writes, type FileAction } from '$lib/customer/file-actions';
import {
	callFileNames,
	callOfPublicKeyFile,
	encryptedFileName,
	keyMaterialFileName
} from '$lib/customer/file-names';
import { render } from '$lib/customer/shell';
import { WRAPPING_ALGORITHMS, type WrappingAlgorithm } from '$lib/domain/algorithms';
import type { Told } from '$lib/ui/features/refusals/told';
import type { Explanation } from '$lib/ui/features/refusals/refusals';

const KEY_ID = '1a2b3c4d-0000-4000-8000-000000000000';
const files = callFileNames(KEY_ID, 2);

function steps(
	platform: Platform,
	algorithm: WrappingAlgorithm,
	material = keyMaterialFileName(KEY_ID)
): Record<CommandStep['id'], CommandStep> {
	const list = commandsFor(platform, { algorithm, material, bound: false, files });
	return Object.fromEntries(list.map((step) => [step.id, step])) as Record<
		CommandStep['id'],
		CommandStep
	>;
}

describe('file names', () => {
	test('carry the CMK and the call', () => {
		expect(keyMaterialFileName(KEY_ID)).toBe('KeyMaterial_1a2b3c4d.bin');
		expect(keyMaterialFileName()).toBe('KeyMaterial.bin');
		expect(files).toEqual({
			publicKeyHex: 'PublicKey_1a2b3c4d_2.hex',
			publicKeyPem: 'PublicKey_1a2b3c4d_2.pem',
			publicKeyDer: 'PublicKey_1a2b3c4d_2.der',
			importToken: 'ImportToken_1a2b3c4d_2.hex',
			encrypted: 'EncryptedKeyMaterial_1a2b3c4d_2.bin',
			encryptedHex: 'EncryptedKeyMaterial_1a2b3c4d_2.hex'
		});
	});

	test.each([
		'PublicKey_1a2b3c4d_2.pem',
		'PublicKey_1a2b3c4d_2 (1).hex',
		'PublicKey_1a2b3c4d_2(3).der'
	])('%s tells its call', (name) => {
		expect(callOfPublicKeyFile(name)).toEqual({ shortKeyId: '1a2b3c4d', callNumber: 2 });
		expect(encryptedFileName(name, 'hex')).toBe(files.encryptedHex);
		expect(encryptedFileName(name, 'raw')).toBe(files.encrypted);
	});

	test('a foreign public key file names no call', () => {
		expect(callOfPublicKeyFile('wrapping.pem')).toBeUndefined();
		expect(encryptedFileName('wrapping.pem', 'base64')).toBe('EncryptedKeyMaterial.b64');
	});
});

describe('command texts', () => {
	test.each(PLATFORMS)('%s asks for the padding of each algorithm', (platform) => {
		const wrap = (algorithm: WrappingAlgorithm) => steps(platform, algorithm).wrap.command;
		expect(wrap('RSAES_OAEP_SHA_256')).toContain('-pkeyopt rsa_oaep_md:sha256');
		expect(wrap('RSAES_OAEP_SHA_1')).toContain('-pkeyopt rsa_oaep_md:sha1');
		expect(wrap('RSAES_PKCS1_V1_5')).toContain('-pkeyopt rsa_padding_mode:pkcs1');
		expect(wrap('RSAES_PKCS1_V1_5')).not.toContain('oaep');
	});

	test.each(PLATFORMS)('%s puts options in the order LibreSSL needs', (platform) => {
		const { command } = steps(platform, 'RSAES_OAEP_SHA_256').wrap;
		const positions = ['-encrypt', '-pubin', '-inkey', '-pkeyopt'].map((option) =>
			command.indexOf(option)
		);
		expect(positions).toEqual([...positions].sort((a, b) => a - b));
		expect(positions).not.toContain(-1);
	});

	test.each(PLATFORMS)('%s has no comment and no form that fails in silence', (platform) => {
		for (const algorithm of WRAPPING_ALGORITHMS)
			for (const { command } of commandsFor(platform, {
				algorithm,
				material: 'k.bin',
				bound: false,
				files
			}))
				expect(command).not.toMatch(/#|base64|[^-]>|FromHexString/);
	});

	test('names are quoted only where needed, and then safely', () => {
		const material = (platform: Platform, name: string) =>
			steps(platform, 'RSAES_OAEP_SHA_256', name).material.command;
		const there = 'exists already';
		expect(material('openssl', 'k.bin')).toBe(
			`test -e k.bin && echo 'k.bin ${there}' || \\\n  openssl rand -out k.bin 32`
		);
		expect(material('openssl', "my key's.bin")).toBe(
			`test -e 'my key'\\''s.bin' && echo 'my key'\\''s.bin ${there}' || \\\n  openssl rand -out 'my key'\\''s.bin' 32`
		);
		expect(material('openssl', '-k.bin')).toBe(
			`test -e ./-k.bin && echo './-k.bin ${there}' || \\\n  openssl rand -out ./-k.bin 32`
		);
		const inPowerShell = (quoted: string, said: string, bare = quoted) =>
			`if (Test-Path -LiteralPath ${quoted}) { ${said} } else {\nopenssl rand -out ${bare} 32\n}`;
		expect(material('powershell', "my key's.bin")).toBe(
			inPowerShell("'my key''s.bin'", `'my key''s.bin ${there}'`)
		);
		expect(material('powershell', 'key’s.bin')).toBe(
			inPowerShell("'key’’s.bin'", `'key’’s.bin ${there}'`)
		);
		expect(material('powershell', '$(calc).bin')).toBe(
			inPowerShell("'$(calc).bin'", `'$(calc).bin ${there}'`)
		);
	});
});

/** One action of every kind. */
const ACTIONS: { readonly [Act in FileAction['act']]: FileAction & { readonly act: Act } } = {
	random: { act: 'random', bytes: 32, to: 'k.bin' },
	derToPem: { act: 'derToPem', from: 'p.der', to: 'p.pem' },
	wrap: {
		act: 'wrap',
		algorithm: 'RSAES_OAEP_SHA_256',
		publicKey: 'p.pem',
		from: 'k.bin',
		to: 'e.bin'
	},
	hexToBytes: { act: 'hexToBytes', from: "it's.hex", to: 'k.bin' },
	bytesToHex: { act: 'bytesToHex', from: 'e.bin', to: 'e.hex' },
	base64ToBytes: { act: 'base64ToBytes', from: 'k.b64', to: 'k.bin' },
	base64urlToBytes: { act: 'base64urlToBytes', from: 'k.b64', to: 'k.bin' },
	firstBytes: { act: 'firstBytes', bytes: 32, from: 'k.txt', to: 'k.bin' },
	showHexAsBase64: { act: 'showHexAsBase64', from: 'c.hex' },
	sizes: { act: 'sizes', of: ['k.bin', 'e.bin'] },
	sizesOfAll: { act: 'sizesOfAll', endings: ['bin', 'hex'] }
};

describe('every action in every shell', () => {
	test.each(PLATFORMS)('%s checks whether the file exists before it writes', (platform) => {
		for (const action of Object.values(ACTIONS)) {
			const to = writes(action);
			const checks =
				platform === 'powershell'
					? `if (Test-Path -LiteralPath '${to ?? ''}') { '${to ?? ''} exists already' } else {\n`
					: `test -e ${to ?? ''} && echo '${to ?? ''} exists already' || \\\n  `;
			const command = render(SHELLS[platform], [action]);
			if (to === undefined) expect(command, action.act).not.toMatch(/Write|>|-out|exists/);
			else expect(command.startsWith(checks), command).toBe(true);
		}
	});

	const here = (name: string) => `(Join-Path $PWD.ProviderPath '${name}')`;
	const text = (name: string) => `[IO.File]::ReadAllText(${here(name)})`;

	test.each<[FileAction['act'], string]>([
		[
			'hexToBytes',
			`[IO.File]::WriteAllBytes(${here('k.bin')}, [byte[]](-split (${text("it''s.hex")} -replace '\\s', '' -replace '..', '0x$& ')))`
		],
		[
			'bytesToHex',
			`[IO.File]::WriteAllText(${here('e.hex')}, [BitConverter]::ToString([IO.File]::ReadAllBytes(${here('e.bin')})).Replace('-', ''))`
		],
		[
			'base64ToBytes',
			`[IO.File]::WriteAllBytes(${here('k.bin')}, [Convert]::FromBase64String(${text('k.b64')}))`
		],
		[
			'base64urlToBytes',
			`[IO.File]::WriteAllBytes(${here('k.bin')}, [Convert]::FromBase64String((${text('k.b64')} -replace '[=\\s]', '' -replace '-', '+' -replace '_', '/') + '='))`
		],
		[
			'firstBytes',
			`[IO.File]::WriteAllBytes(${here('k.bin')}, [byte[]]([IO.File]::ReadAllBytes(${here('k.txt')})[0..31]))`
		],
		[
			'showHexAsBase64',
			`[Convert]::ToBase64String([byte[]](-split (${text('c.hex')} -replace '\\s', '' -replace '..', '0x$& ')))`
		],
		['sizesOfAll', 'Get-Item *.bin, *.hex | Select-Object Name, Length']
	])('PowerShell does %s in one statement, so that an error leaves no file', (act, statement) => {
		const lines = render(SHELLS.powershell, [ACTIONS[act]]).split('\n');
		expect(lines.length === 3 ? lines[1] : lines[0]).toBe(statement);
	});
});

test('what the page prints as commands is data: no text takes its place', () => {
	const told: readonly Told[] = [
		// @ts-expect-error -- a command written by hand
		{ found: '', actions: ['openssl rand -out KeyMaterial.bin 32'] },
		// @ts-expect-error -- a command written by hand
		{ found: '', code: 'openssl rand -out KeyMaterial.bin 32' },
		// @ts-expect-error -- a command written by hand
		{ found: '', command: 'openssl rand -out KeyMaterial.bin 32' },
		{ found: '', actions: [ACTIONS.random] }
	];
	const explanation: Explanation = {
		happened: '',
		causes: [''],
		advice: '',
		// @ts-expect-error -- a command written by hand
		actions: ['openssl rand -out KeyMaterial.bin 32']
	};
	expect(told.length + (explanation.actions?.length ?? 0)).toBe(5);
});

describe('run with the OpenSSL of this machine', () => {
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const der = publicKey.export({ type: 'spki', format: 'der' });
	const pem = publicKey.export({ type: 'spki', format: 'pem' });
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'commands-'));
	});
	afterEach(() => {
		rmSync(folder, { recursive: true });
	});

	function run(step: CommandStep): void {
		execFileSync('sh', ['-e', '-c', step.command], { cwd: folder, stdio: 'pipe' });
		for (const { name, bytes } of step.results)
			expect({ name, bytes: statSync(join(folder, name)).size }).toEqual({ name, bytes });
	}

	function unwrap(algorithm: WrappingAlgorithm): Buffer {
		const wrapped = readFileSync(join(folder, files.encrypted));
		if (algorithm === 'RSAES_PKCS1_V1_5') return unwrapPkcs1(wrapped);
		const oaepHash = algorithm === 'RSAES_OAEP_SHA_256' ? 'sha256' : 'sha1';
		const padding = constants.RSA_PKCS1_OAEP_PADDING;
		return privateDecrypt({ key: privateKey, padding, oaepHash }, wrapped);
	}

	/** Without padding, and looking at it by hand: not every Node takes PKCS#1 v1.5 for decryption. */
	function unwrapPkcs1(wrapped: Buffer): Buffer {
		const block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, wrapped);
		expect(block.subarray(0, 2).toString('hex')).toBe('0002');
		return block.subarray(block.indexOf(0, 2) + 1);
	}

	test.each(WRAPPING_ALGORITHMS)('%s from the PEM file', (algorithm) => {
		const { material, wrap, hex, check } = steps('openssl', algorithm, "my key's.bin");
		writeFileSync(join(folder, files.publicKeyPem), pem);
		for (const step of [material, wrap, hex, check]) run(step);

		expect(unwrap(algorithm)).toEqual(readFileSync(join(folder, "my key's.bin")));
		const text = readFileSync(join(folder, files.encryptedHex), 'ascii');
		expect(Buffer.from(text.trim(), 'hex')).toEqual(readFileSync(join(folder, files.encrypted)));
	});

	test.each(WRAPPING_ALGORITHMS)('%s from the hexadecimal file', (algorithm) => {
		const { material, publicKey: convert, wrap } = steps('libressl', algorithm);
		writeFileSync(join(folder, files.publicKeyHex), der.toString('hex'));
		for (const step of [material, convert, wrap]) run(step);

		const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
		expect(sha256(readFileSync(join(folder, files.publicKeyDer)))).toBe(sha256(der));
		expect(unwrap(algorithm)).toEqual(readFileSync(join(folder, keyMaterialFileName(KEY_ID))));
	});
});
