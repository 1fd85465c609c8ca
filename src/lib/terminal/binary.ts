/** Bytes as a text with one character for each byte, for regular expressions. */

const PART = 8192;

export function bytesToBinary(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += PART)
		text += String.fromCharCode(...bytes.subarray(at, at + PART));
	return text;
}
