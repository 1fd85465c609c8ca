import { expect, test } from 'vitest';
import {
	asciiToBytes,
	base64ToBytes,
	bytesToAscii,
	bytesToBase64,
	bytesToHex,
	hexToBytes,
	startsWith
} from '$lib/domain/bytes';

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);

test('hexadecimal and base64 agree with Node for every length up to 100 bytes', () => {
	for (let length = 0; length <= 100; length++) {
		const bytes = everyByte.slice(100, 100 + length);
		expect(bytesToHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
		expect(bytesToBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
		expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes);
		expect(base64ToBytes(bytesToBase64(bytes))).toEqual(bytes);
	}
	expect(base64ToBytes(bytesToBase64(everyByte))).toEqual(everyByte);
});

test('what is not exactly hexadecimal is not read as such', () => {
	for (const text of ['abc', '0x12', '12 34', '1g', '－１'])
		expect(hexToBytes(text)).toBeUndefined();
	expect(hexToBytes('aAbB')).toEqual(new Uint8Array([0xaa, 0xbb]));
});

test('what is not exactly padded base64 is not read as such', () => {
	for (const text of ['QQ', 'QQ=', 'Q===', 'Q=Q=', 'Q-_=', 'QQ==\n'])
		expect(base64ToBytes(text)).toBeUndefined();
});

test('text is told from binary, and a byte order mark is left out', () => {
	expect(bytesToAscii(new Uint8Array([0xef, 0xbb, 0xbf, 0x41, 0x0d, 0x0a]))).toBe('A\r\n');
	for (const byte of [0x00, 0x1b, 0x7f, 0x80, 0xff])
		expect(bytesToAscii(new Uint8Array([0x41, byte]))).toBeUndefined();
});

test('only ASCII is turned into bytes', () => {
	expect(asciiToBytes('A\u007f')).toEqual(new Uint8Array([0x41, 0x7f]));
	for (const text of ['é', '\u0080', '密']) expect(() => asciiToBytes(text)).toThrow('ASCII only');
});

test('a prefix longer than the bytes is no prefix', () => {
	expect(startsWith(new Uint8Array([1]), new Uint8Array([1, 2]))).toBe(false);
	expect(startsWith(new Uint8Array([1, 2]), new Uint8Array([1]))).toBe(true);
});
