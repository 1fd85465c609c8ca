import { expect, test } from 'vitest';
import { asciiToBytes, bytesToBase64, bytesToHex } from '$lib/domain/bytes';
import { IMPORT_TOKEN_MAGIC } from '$lib/domain/import-parameters';
import {
	LONGEST_UPLOAD_BYTES,
	procedureFile,
	publicKeyPemBytes,
	recognizeUpload
} from '$lib/domain/uploaded-file';

const wrapped = Uint8Array.from({ length: 256 }, (_, index) => (index * 7 + 129) & 0xff);
const hex = bytesToHex(wrapped);
const base64 = bytesToBase64(wrapped);
const inLines = (text: string, width: number, end: string) =>
	text.replace(new RegExp(`.{${String(width)}}`, 'g'), (line) => line + end);

test.each([
	['as the API gives it', hex],
	['upper case', hex.toUpperCase()],
	['with a final newline', `${hex}\n`],
	['in lines of 60, as xxd -p writes it', inLines(hex, 60, '\n')],
	['in lines with CRLF', inLines(hex, 64, '\r\n')],
	['with spaces and tabs', inLines(hex, 8, ' \t')]
])('hexadecimal text is recognised %s', (_how, text) => {
	expect(recognizeUpload(asciiToBytes(text))).toEqual({ form: 'hex', bytes: wrapped });
});

test.each([
	['on one line, as openssl enc -base64 -A writes it', base64],
	['in lines of 64, as openssl enc -base64 writes it', `${inLines(base64, 64, '\n')}\n`],
	['with CRLF', `${base64}\r\n`]
])('base64 text is recognised %s', (_how, text) => {
	expect(recognizeUpload(asciiToBytes(text))).toEqual({ form: 'base64', bytes: wrapped });
});

test('hexadecimal text after a byte order mark is recognised', () => {
	const file = new Uint8Array([0xef, 0xbb, 0xbf, ...asciiToBytes(hex)]);
	expect(recognizeUpload(file)).toEqual({ form: 'hex', bytes: wrapped });
});

test('anything that is not text is raw bytes', () => {
	expect(recognizeUpload(wrapped)).toEqual({ form: 'raw', bytes: wrapped });
});

test.each([
	['an empty file', '', { form: 'empty' }],
	['blanks only', ' \r\n', { form: 'empty' }],
	['an odd number of digits', hex.slice(1), { form: 'oddHex', digits: 511 }],
	['a sentence', 'not a key!', { form: 'text', fileBytes: 10 }],
	['a 0x prefix', `0x${hex}`, { form: 'text', fileBytes: 514 }],
	[
		'PEM text',
		'-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n',
		{ form: 'pem', label: 'PUBLIC KEY' }
	]
])('%s stands for no bytes', (_what, text, seen) => {
	expect(recognizeUpload(asciiToBytes(text))).toEqual(seen);
});

test('a file over the limit is not looked into', () => {
	expect(recognizeUpload(new Uint8Array(LONGEST_UPLOAD_BYTES + 1))).toEqual({ form: 'tooLarge' });
	expect(recognizeUpload(new Uint8Array(LONGEST_UPLOAD_BYTES)).form).toBe('raw');
});

test('the procedure’s files are told by length and first bytes, and others are not guessed', () => {
	const publicKey = new Uint8Array(294);
	publicKey.set([0x30, 0x82, 0x01, 0x22]);
	const token = new Uint8Array(313);
	token.set(IMPORT_TOKEN_MAGIC);
	const files = [
		[token, 'importToken'],
		[publicKey, 'publicKey'],
		[wrapped, 'wrapped'],
		[new Uint8Array(32), 'material'],
		[token.slice(1), undefined],
		[token.slice(0, 256), undefined],
		[asciiToBytes(hex), undefined],
		[asciiToBytes(hex.slice(0, 32)), undefined],
		[new Uint8Array(255), undefined]
	] as const;
	for (const [bytes, file] of files) expect(procedureFile(bytes)).toBe(file);
});

test('text between the lines of a PEM public key', () => {
	const text = `-----BEGIN PUBLIC KEY-----\n${inLines(base64, 64, '\r\n')}\n-----END PUBLIC KEY-----\n`;
	expect(publicKeyPemBytes(asciiToBytes(text))).toEqual(wrapped);
	expect(publicKeyPemBytes(asciiToBytes(text.replace('PUBLIC', 'OTHER')))).toBeUndefined();
});
