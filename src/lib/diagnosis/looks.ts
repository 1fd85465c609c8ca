/** What bytes look like, by their length and content alone. Pure: nothing here opens anything. */
import { blobKeyId } from '../crypto/ciphertext-blob';
import { MATERIAL_BYTES, PUBLIC_KEY_BYTES, WRAPPED_BYTES } from '../domain/algorithms';
import {
	base64ToBytes,
	bytesToAscii,
	bytesToBase64,
	hexToBytes,
	startsWith,
	type Bytes
} from '../domain/bytes';
import { IMPORT_TOKEN_MAGIC } from '../domain/import-parameters';
import { PUBLIC_KEY_PREFIX, recognizeUpload, uploadedBytes } from '../domain/uploaded-file';
import type { ByteLook } from './diagnosis';

/** AES key wrap with padding of 32 bytes (RFC 5649). */
const KEY_WRAPPED_BYTES = 40;
/** An RSA-wrapped AES key and behind it the material under that key, as other providers ask for it. */
const HYBRID_BYTES = WRAPPED_BYTES + KEY_WRAPPED_BYTES;

const PKCS1_PUBLIC_KEY = new Uint8Array([0x30, 0x82, 0x01, 0x0a]);
const PKCS1_PUBLIC_KEY_BYTES = 270;

/** Lengths in which people make keys. */
const USUAL_KEY_BYTES = new Set([16, 24, MATERIAL_BYTES, 48, 64]);

export interface Seen {
	readonly look: ByteLook;
	readonly bytes: number;
}

/** An uploaded file, whatever its field. */
export function lookOfUpload(file: Bytes): Seen {
	const upload = recognizeUpload(file);
	const decoded = uploadedBytes(upload);
	if (decoded && upload.form !== 'raw')
		return { look: lookOfBytes(decoded), bytes: decoded.length };
	const look = { look: lookOfText(file), bytes: file.length } as const;
	switch (upload.form) {
		case 'empty':
			return { ...look, look: 'empty' };
		case 'tooLarge':
			return { ...look, look: 'tooLong' };
		case 'oddHex':
			return { ...look, look: 'oddHex' };
		case 'pem':
			return { ...look, look: 'pem' };
		case 'text':
			return look;
		default:
			return { ...look, look: encodedWrongly(file) ?? lookOfBytes(file) };
	}
}

/** Text that is neither hexadecimal nor base64. */
function lookOfText(file: Bytes): ByteLook {
	const text = (bytesToAscii(file) ?? '').trim();
	if (/^[{[]/.test(text)) return 'jsonEnvelope';
	if (/^(0x)?[0-9a-f]{2}([\s:,]*(0x)?[0-9a-f]{2})+[\s:,]*$/i.test(text)) return 'decoratedHex';
	return base64url(text) ? 'base64urlText' : 'text';
}

/** Base64url of some length, which standard base64 is not. */
function base64url(text: string): Bytes | undefined {
	if (!/^[A-Za-z0-9_-]{16,}={0,2}$/.test(text)) return undefined;
	const digits = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
	return base64ToBytes(digits.padEnd(4 * Math.ceil(digits.length / 4), '='));
}

/** What Windows PowerShell's `>` makes of text, and what reading bytes as UTF-8 text makes of bytes. */
function encodedWrongly(file: Bytes): ByteLook | undefined {
	const isUtf16 = file[0] === 0xff && file[1] === 0xfe && file[3] === 0;
	if (isUtf16) return 'utf16Text';
	let replacements = 0;
	for (let at = 0; at + 2 < file.length; at++)
		if (file[at] === 0xef && file[at + 1] === 0xbf && file[at + 2] === 0xbd) replacements++;
	return replacements >= 3 ? 'mangledText' : undefined;
}

/** Its version, and a random UUID in the place where the CMK is named (RFC 9562 section 5.4). */
function isBlob(bytes: Bytes): boolean {
	return /^.{14}4.{4}[89ab]/.test(blobKeyId(bytes) ?? '');
}

function lookOfBytes(bytes: Bytes): ByteLook {
	const { length } = bytes;
	if (isBlob(bytes)) return 'cipherTextBlob';
	if (startsWith(bytes, IMPORT_TOKEN_MAGIC)) return 'importToken';
	if (length === PUBLIC_KEY_BYTES && startsWith(bytes, PUBLIC_KEY_PREFIX)) return 'publicKey';
	if (length === PKCS1_PUBLIC_KEY_BYTES && startsWith(bytes, PKCS1_PUBLIC_KEY))
		return 'pkcs1PublicKey';
	if (length === WRAPPED_BYTES) return 'wrapped';
	if (length === MATERIAL_BYTES) return 'rawMaterial';
	if (length === KEY_WRAPPED_BYTES) return 'aesKeyWrap';
	if (length === HYBRID_BYTES) return 'hybridWrap';
	if (length === 0) return 'empty';
	const inner = bytesToAscii(bytes)?.trim();
	if (inner?.startsWith('-----BEGIN ')) return 'pem';
	if (inner?.startsWith('{')) return 'jsonEnvelope';
	return length < WRAPPED_BYTES ? 'tooShort' : 'tooLong';
}

export interface DecodedTwice {
	readonly outer: 'hex' | 'base64';
	readonly inner: 'hex' | 'base64';
	readonly bytes: Bytes;
}

/** What a file stands for when what it stands for is text once more. */
export function decodeTwice(file: Bytes): DecodedTwice | undefined {
	const outer = recognizeUpload(file);
	if (outer.form !== 'hex' && outer.form !== 'base64') return undefined;
	const inner = recognizeUpload(outer.bytes);
	if (inner.form !== 'hex' && inner.form !== 'base64') return undefined;
	return { outer: outer.form, inner: inner.form, bytes: inner.bytes };
}

/** What was unwrapped and is not 32 bytes long. */
export function lookOfMaterial(bytes: Bytes): ByteLook {
	const { length } = bytes;
	if (length === 0) return 'empty';
	const text = bytesToAscii(bytes);
	const last = bytes[length - 1];
	if (text === undefined) {
		// The last byte of the material may be a carriage return itself, so the length decides which break it is.
		const breakBytes = length - MATERIAL_BYTES;
		const lineFeed = breakBytes === 1 && last === 0x0a;
		const carriageReturn = breakBytes === 2 && last === 0x0a && bytes[length - 2] === 0x0d;
		if (lineFeed || carriageReturn) return 'rawWithNewline';
		if (length === KEY_WRAPPED_BYTES) return 'aesKeyWrap';
		return length < MATERIAL_BYTES ? 'tooShort' : 'tooLong';
	}
	if (text.includes('-----BEGIN ')) return 'pem';
	const digits = text.trim();
	const ends = digits.length < length;
	if (hexToBytes(digits)?.length === MATERIAL_BYTES) return ends ? 'hexTextWithNewline' : 'hexText';
	if (base64ToBytes(digits)?.length === MATERIAL_BYTES)
		return ends ? 'base64TextWithNewline' : 'base64Text';
	if (base64url(digits)?.length === MATERIAL_BYTES) return 'base64urlText';
	return digits.startsWith('{') ? 'jsonEnvelope' : 'text';
}

/**
 * Whether bytes that PKCS#1 v1.5 opened were meant: it opens one random message in 430, to noise of any length. By chance
 * such noise is 32 bytes long, or text, once in a hundred thousand messages.
 */
export function isPlausibleMaterial(bytes: Bytes): boolean {
	if (USUAL_KEY_BYTES.has(bytes.length)) return true;
	return !['tooShort', 'tooLong', 'aesKeyWrap', 'empty'].includes(lookOfMaterial(bytes));
}

/** What was given to Decrypt and names no CMK. */
export function lookOfBlob(blob: Bytes): ByteLook {
	// hexadecimal digits are base64 digits too, and the page decodes base64
	if (/^[0-9a-f]{24,}$/i.test(bytesToBase64(blob))) return 'hexText';
	const text = bytesToAscii(blob);
	if (text !== undefined) {
		if (base64ToBytes(text.trim())) return 'base64Text';
		return lookOfText(blob);
	}
	const look = lookOfBytes(blob);
	if (blob[0] === 1 && look === 'tooShort') return 'tooShort';
	return ['publicKey', 'pkcs1PublicKey', 'importToken', 'wrapped'].includes(look) ? look : 'noise';
}
