/** What the import form says about a file before it is sent, one row for each thing people upload. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { asciiToBytes, bytesToBase64, bytesToHex, type Bytes } from '$lib/domain/bytes';
import { IMPORT_TOKEN_MAGIC } from '$lib/domain/import-parameters';
import { nameFile } from '$lib/diagnosis/name-file';
import type { UploadField } from '$lib/diagnosis/diagnosis';
import { LONGEST_UPLOAD_BYTES } from '$lib/domain/uploaded-file';
import { callFiles } from '$lib/ui/features/import/call-files';
import { observeUpload, type Observation } from '$lib/ui/features/import/upload-observation';
import { trayFileFacts } from '$lib/ui/features/workbench/tray-file-facts';
import { readCase, THE_CASES } from '../support/field-cases';

/** Not text, whatever the length. */
const binary = (length: number): Bytes => new Uint8Array(length).map((_, at) => 0x80 | at);
const hex = (bytes: Bytes): Bytes => asciiToBytes(bytesToHex(bytes));
const base64 = (bytes: Bytes): Bytes => asciiToBytes(bytesToBase64(bytes));

/** As xxd prints it. */
const dump = (bytes: Bytes): string =>
	(bytesToHex(bytes).match(/.{32}/g) ?? [])
		.map((digits, line) => {
			const offset = (16 * line).toString(16).padStart(8, '0');
			return `${offset}: ${(digits.match(/.{4}/g) ?? []).join(' ')}  ${'.'.repeat(16)}\n`;
		})
		.join('');

const wrapped = binary(256);
const material = binary(32);
const token = new Uint8Array([...IMPORT_TOKEN_MAGIC, ...binary(309)]);
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey: Bytes = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
const { publicKeyPem, importToken } = callFiles({
	parametersId: 'p',
	keyId: '1a2b3c4d-0000-4000-8000-000000000000',
	callNumber: 2,
	wrappingAlgorithm: 'RSAES_OAEP_SHA_256',
	publicKeySha256: '',
	issuedAtMs: 0,
	expiresAtMs: 1,
	publicKey,
	importToken: token
});
const pem = publicKeyPem.bytes;

const observe = (file: Bytes, field: UploadField): Observation =>
	observeUpload(file, nameFile(file), field);

/** As the page prints it until the name is loaded. */
const words = (seen: Observation): string =>
	seen.tone === 'ok' ? seen.text : [seen.seen, seen.advice].join(' ').trim();

test('while the diagnosis is hidden, nothing is said but what the service reads', () => {
	const utf16 = new Uint8Array(Buffer.from('\ufeffabcd', 'utf16le'));
	const said = (file: Bytes) => words(observeUpload(file, undefined, 'encryptedKeyMaterial'));
	for (const file of [asciiToBytes(dump(material)), pem, utf16])
		expect(said(file)).toMatch(/This field is for encrypted key material/);
	expect(observeUpload(wrapped, undefined, 'encryptedKeyMaterial').tone).toBe('ok');
	expect(said(material)).toMatch(/Never upload/);
});

describe('in the field for encrypted key material', () => {
	test.each([
		[
			'hexadecimal text',
			hex(wrapped),
			'ok',
			'512 hexadecimal characters = 256 bytes, as expected.'
		],
		['raw bytes', wrapped, 'ok', '256 raw bytes, as expected.'],
		['base64', base64(wrapped), 'ok', 'Base64 text = 256 bytes, as expected.'],
		['nothing', binary(0), 'warn', /^This file is empty.*openssl enc/],
		['white space', asciiToBytes(' \r\n'), 'warn', /^This file is empty/],
		['too much', binary(LONGEST_UPLOAD_BYTES + 1), 'warn', /^This file is larger than 64 KiB/],
		[
			'half a byte',
			asciiToBytes('abc'),
			'warn',
			/^3 hexadecimal characters, an odd number.*256 bytes/
		],
		['prose', asciiToBytes('Dear service,'), 'warn', /^13 bytes of text that is neither/],
		['a public key as PEM', pem, 'warn', /^PEM text \(PUBLIC KEY\).*A public key encrypts/],
		['a public key as hex', hex(publicKey), 'warn', /= 294 bytes\. A public key encrypts/],
		['a token', hex(token), 'warn', /It belongs in the field Import Token/],
		['plain material', material, 'warn', /^32 raw bytes\. Never upload/],
		['plain material as hex', hex(material), 'warn', /^64 hexadecimal characters.*Never upload/],
		['plain material as a dump', asciiToBytes(dump(material)), 'warn', /Never upload/],
		[
			'hex of hex',
			hex(hex(wrapped)),
			'warn',
			/^1024 hexadecimal characters = 512 bytes\. This field/
		],
		[
			'one byte short',
			binary(255),
			'warn',
			/^255 raw bytes\. This field is for encrypted key material/
		],
		['RSA-4096', binary(512), 'warn', /^512 raw bytes\. This field is for encrypted key material/]
	] as const)('%s', (_, file, tone, text) => {
		const observation = observe(file, 'encryptedKeyMaterial');
		expect(observation.tone).toBe(tone);
		expect(words(observation)).toMatch(text);
	});

	test('hex that PowerShell redirected into a UTF-16 file', () => {
		const file = new Uint8Array([0xff, 0xfe, ...[...hex(wrapped)].flatMap((byte) => [byte, 0])]);
		expect(words(observe(file, 'encryptedKeyMaterial'))).toMatch(/PowerShell.*-out/);
	});
});

describe('in the field for the import token', () => {
	test.each([
		['a token', hex(token), 'ok', /^626 hexadecimal characters = 313 bytes: an import token/],
		['encrypted key material', hex(wrapped), 'warn', /belongs in the field Encrypt key files/],
		['a public key', publicKey, 'warn', /^294 raw bytes\. This field is for an import token/],
		['a public key as PEM', pem, 'warn', /^PEM text \(PUBLIC KEY\).*is for an import token/],
		['plain material', material, 'warn', /Never upload/],
		['something else', binary(40), 'warn', /^40 raw bytes\. This field is for an import token/]
	] as const)('%s', (_, file, tone, text) => {
		const observation = observe(file, 'importToken');
		expect(observation.tone).toBe(tone);
		expect(words(observation)).toMatch(text);
	});
});

test('a file that is as expected is called the same by the diagnosis', () => {
	const FILES = { encryptedKeyMaterial: 'wrapped', importToken: 'importToken' } as const;
	const expected = THE_CASES.flatMap(({ file }) =>
		(['encryptedKeyMaterial', 'importToken'] as const)
			.filter((field) => observe(readCase(file), field).tone === 'ok')
			.map((field) => ({ file, is: FILES[field], name: nameFile(readCase(file)).content }))
	);
	expect(expected.length).toBeGreaterThan(50);
	expect(expected.filter(({ is, name }) => is !== name)).toEqual([]);
});

test('the first look at a file of the workbench is right, but for what only the diagnosis sees', () => {
	const others = THE_CASES.flatMap(({ file }) => {
		const { kind } = trayFileFacts(readCase(file));
		const { content } = nameFile(readCase(file));
		return kind && kind !== content ? [content] : [];
	});
	expect([...new Set(others)]).toEqual(['questionMarks']);
});

test('the PEM of a download is what other tools write, and the token is hexadecimal text', () => {
	const expected = pair.publicKey.export({ type: 'spki', format: 'pem' });
	expect(new TextDecoder().decode(pem)).toBe(expected);
	expect(importToken).toEqual({ name: 'ImportToken_1a2b3c4d_2.hex', bytes: hex(token) });
});
