/** What the import form says about a file before it is sent, one row for each thing people upload. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { asciiToBytes, bytesToBase64, bytesToHex, type Bytes } from '$lib/domain/bytes';
import { IMPORT_TOKEN_MAGIC } from '$lib/domain/import-parameters';
import { LONGEST_UPLOAD_BYTES } from '$lib/domain/uploaded-file';
import { callFiles } from '$lib/ui/procedure/call-files';
import { privateKeyLabel } from '$lib/ui/procedure/private-key';
import { observeUpload } from '$lib/ui/procedure/upload-observation';

/** Not text, whatever the length. */
const binary = (length: number): Bytes => new Uint8Array(length).fill(0xa5);
const hex = (bytes: Bytes): Bytes => asciiToBytes(bytesToHex(bytes));
const base64 = (bytes: Bytes): Bytes => asciiToBytes(bytesToBase64(bytes));

const wrapped = binary(256);
const material = binary(32);
const token = new Uint8Array([...IMPORT_TOKEN_MAGIC, ...binary(300)]);
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

describe('in the field for encrypted key material', () => {
	test.each([
		['hexadecimal text', hex(wrapped), 'ok', '512 hexadecimal digits = 256 bytes, as expected.'],
		['raw bytes', wrapped, 'ok', '256 raw bytes, as expected.'],
		['base64', base64(wrapped), 'ok', 'Base64 text = 256 bytes, as expected.'],
		['nothing', binary(0), 'warn', /^Empty file.*without -A/],
		['white space', asciiToBytes(' \r\n'), 'warn', /^Empty file/],
		['too much', binary(LONGEST_UPLOAD_BYTES + 1), 'warn', /^Larger than 64 KiB/],
		['half a byte', asciiToBytes('abc'), 'warn', /^3 hexadecimal digits, an odd number/],
		['prose', asciiToBytes('Dear service,'), 'warn', /^13 bytes of text that is neither/],
		['a public key as PEM', pem, 'warn', /^PEM text \(PUBLIC KEY\)/],
		['a public key as hex', hex(publicKey), 'warn', /= 294 bytes: this is a public key/],
		['a token', hex(token), 'warn', /It belongs in the field Import Token/],
		['plain material', material, 'warn', /^32 raw bytes.*Never upload that/],
		['plain material as hex', hex(material), 'warn', /^64 hexadecimal digits.*Never upload/],
		['hex of hex', hex(hex(wrapped)), 'warn', /^1024 hexadecimal digits.*encoded twice/],
		['base64 of hex', base64(hex(wrapped)), 'warn', /encoded twice/],
		['one byte short', binary(255), 'warn', /^255 raw bytes.*always 256 bytes/],
		['RSA-4096', binary(512), 'warn', /^512 raw bytes.*always 256 bytes/]
	] as const)('%s', (_, file, tone, text) => {
		const observation = observeUpload(file, 'encryptedKeyMaterial');
		expect(observation.tone).toBe(tone);
		expect(observation.text).toMatch(text);
	});

	test('hex that PowerShell redirected into a UTF-16 file', () => {
		const file = new Uint8Array([0xff, 0xfe, ...[...hex(wrapped)].flatMap((byte) => [byte, 0])]);
		expect(observeUpload(file, 'encryptedKeyMaterial').text).toMatch(/^UTF-16 text.*PowerShell/);
	});
});

describe('in the field for the import token', () => {
	test.each([
		['a token', hex(token), 'ok', /^608 hexadecimal digits = 304 bytes: an import token/],
		['encrypted key material', hex(wrapped), 'warn', /belongs in the field Encrypt key files/],
		['a public key', publicKey, 'warn', /^294 raw bytes: this is a public key, not an import/],
		['a public key as PEM', pem, 'warn', /not an import token/],
		['plain material', material, 'warn', /Never upload that/],
		['something else', binary(40), 'warn', /^40 raw bytes that do not begin as/]
	] as const)('%s', (_, file, tone, text) => {
		const observation = observeUpload(file, 'importToken');
		expect(observation.tone).toBe(tone);
		expect(observation.text).toMatch(text);
	});
});

test('the PEM of a download is what other tools write, and the token is hexadecimal text', () => {
	const expected = pair.publicKey.export({ type: 'spki', format: 'pem' });
	expect(new TextDecoder().decode(pem)).toBe(expected);
	expect(importToken).toEqual({ name: 'ImportToken_1a2b3c4d_2.hex', bytes: hex(token) });
});

describe('private keys', () => {
	test.each(['pkcs1', 'pkcs8'] as const)('PEM of %s', (type) => {
		const text = pair.privateKey.export({ type, format: 'pem' }).toString();
		const label = type === 'pkcs1' ? 'RSA PRIVATE KEY' : 'PRIVATE KEY';
		expect(privateKeyLabel(asciiToBytes(text))).toBe(label);
	});

	test('behind a certificate and a name in another alphabet', () => {
		const text = [
			'Bag Attributes: 生产密钥',
			'-----BEGIN CERTIFICATE-----',
			'-----BEGIN ENCRYPTED PRIVATE KEY-----'
		].join('\n');
		expect(privateKeyLabel(new TextEncoder().encode(text))).toBe('ENCRYPTED PRIVATE KEY');
	});

	test('none in a public key, raw bytes or hexadecimal text', () => {
		expect([pem, wrapped, hex(wrapped)].map(privateKeyLabel)).toEqual([
			undefined,
			undefined,
			undefined
		]);
	});
});
