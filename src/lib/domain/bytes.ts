/** Byte strings and the text forms that carry them. Pure: no platform encoder is used. */

/** A byte string that owns its memory, which is what WebCrypto and structured cloning ask for. */
export type Bytes = Uint8Array<ArrayBuffer>;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function bytesToHex(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
	return text;
}

/** @returns undefined unless the text is an even number of hexadecimal digits and nothing else */
export function hexToBytes(text: string): Bytes | undefined {
	if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
	const bytes = new Uint8Array(text.length / 2);
	for (let i = 0; i < bytes.length; i++)
		bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}

/** RFC 4648 section 4, padded. */
export function bytesToBase64(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i += 3) {
		const [a = 0, b, c] = bytes.subarray(i, i + 3);
		const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
		text += BASE64.charAt(group >> 18) + BASE64.charAt((group >> 12) & 63);
		text += b === undefined ? '=' : BASE64.charAt((group >> 6) & 63);
		text += c === undefined ? '=' : BASE64.charAt(group & 63);
	}
	return text;
}

/** @returns undefined unless the text is RFC 4648 section 4 base64, padded, without any other character */
export function base64ToBytes(text: string): Bytes | undefined {
	if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
	return digitsToBytes(text.replaceAll('=', ''), BASE64);
}

/** @param alphabet 2, 4, … 256 characters, of which every digit is one. Bits that make no whole byte are dropped */
export function digitsToBytes(digits: string, alphabet: string): Bytes {
	const bitsOfDigit = Math.log2(alphabet.length);
	const bytes = new Uint8Array(Math.floor((digits.length * bitsOfDigit) / 8));
	let buffer = 0;
	let bits = 0;
	let length = 0;
	for (const digit of digits) {
		buffer = ((buffer << bitsOfDigit) | alphabet.indexOf(digit)) & 0xffff;
		bits += bitsOfDigit;
		if (bits >= 8) bytes[length++] = (buffer >> (bits -= 8)) & 0xff;
	}
	return bytes;
}

/** The bytes as text, when every one of them is printable ASCII or white space; a UTF-8 byte order mark is left out. */
export function bytesToAscii(bytes: Uint8Array): string | undefined {
	const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	let text = '';
	for (const byte of hasMark ? bytes.subarray(3) : bytes) {
		const printable = byte >= 0x20 && byte < 0x7f;
		if (!printable && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return undefined;
		text += String.fromCharCode(byte);
	}
	return text;
}

/** @throws when the text has a character outside ASCII: a defect, callers pass generated text */
export function asciiToBytes(text: string): Bytes {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code > 0x7f) throw new Error('asciiToBytes takes ASCII only');
		bytes[i] = code;
	}
	return bytes;
}

export function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
	return prefix.every((byte, index) => bytes[index] === byte);
}

/** The time that it takes depends on the bytes. */
export function areEqual(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && startsWith(a, b);
}
