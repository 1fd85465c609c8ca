/**
 * What an uploaded file holds. The provider documents hexadecimal strings in its API and file pickers in its
 * console, but no file format; the sandbox accepts hexadecimal text, raw bytes and base64, and says which it saw
 * (domain.md 1.10 and C6, our decision).
 */
import { MATERIAL_BYTES, PUBLIC_KEY_BYTES, WRAPPED_BYTES } from './algorithms';
import { base64ToBytes, bytesToAscii, hexToBytes, startsWith, type Bytes } from './bytes';
import { IMPORT_TOKEN_MAGIC, TOKEN_BYTES } from './import-parameters';

/** A larger file is refused before it is read whole. */
export const LONGEST_UPLOAD_BYTES = 65_536;

/** What a file was recognised as, with the bytes it stands for. */
export type UploadedFile =
	| { readonly form: 'empty' }
	| { readonly form: 'hex' | 'base64' | 'raw'; readonly bytes: Bytes }
	/** Text that is neither hexadecimal nor base64. */
	| { readonly form: 'text'; readonly fileBytes: number }
	| { readonly form: 'oddHex'; readonly digits: number }
	| { readonly form: 'pem'; readonly label: string }
	| { readonly form: 'tooLarge' };

/**
 * Hexadecimal is tried before base64, because every string of 4n hexadecimal digits is base64 as well.
 * White space anywhere in a text form is ignored.
 *
 * @param file the file's content, or its first bytes if it is longer than `LONGEST_UPLOAD_BYTES`
 */
export function recognizeUpload(file: Bytes): UploadedFile {
	if (file.length > LONGEST_UPLOAD_BYTES) return { form: 'tooLarge' };
	if (file.length === 0) return { form: 'empty' };
	const text = bytesToAscii(file);
	if (text === undefined) return { form: 'raw', bytes: file };

	const pem = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text);
	if (pem?.[1] !== undefined) return { form: 'pem', label: pem[1] };

	const digits = text.replace(/\s+/g, '');
	if (digits === '') return { form: 'empty' };
	if (/^[0-9a-fA-F]+$/.test(digits)) {
		const bytes = hexToBytes(digits);
		return bytes ? { form: 'hex', bytes } : { form: 'oddHex', digits: digits.length };
	}
	const bytes = base64ToBytes(digits);
	return bytes ? { form: 'base64', bytes } : { form: 'text', fileBytes: file.length };
}

/** The bytes that the service works with, or undefined when the file stands for none. */
export function uploadedBytes(file: UploadedFile): Bytes | undefined {
	return 'bytes' in file ? file.bytes : undefined;
}

const PUBLIC_KEY_PEM = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/;

/** What stands between the lines of a public key in PEM (RFC 7468 section 13). */
export function publicKeyPemBytes(file: Bytes): Bytes | undefined {
	const body = PUBLIC_KEY_PEM.exec(bytesToAscii(file) ?? '')?.[1];
	return body === undefined ? undefined : base64ToBytes(body.replace(/\s+/g, ''));
}

/** The files of the procedure. What any other file is, is the work of `recognition`. */
export type ProcedureFile = 'importToken' | 'wrapped' | 'publicKey' | 'material';

/** DER SubjectPublicKeyInfo of an RSA-2048 key begins with this SEQUENCE header (RFC 5280 section 4.1). */
const PUBLIC_KEY_PREFIX = new Uint8Array([0x30, 0x82, 0x01, 0x22]);

/** @returns which of them the bytes are, as far as length and first bytes tell */
export function procedureFile(bytes: Bytes): ProcedureFile | undefined {
	if (startsWith(bytes, IMPORT_TOKEN_MAGIC))
		return TOKEN_BYTES.includes(bytes.length) ? 'importToken' : undefined;
	if (bytes.length === PUBLIC_KEY_BYTES && startsWith(bytes, PUBLIC_KEY_PREFIX)) return 'publicKey';
	// random bytes are not text
	if (bytesToAscii(bytes) !== undefined) return undefined;
	if (bytes.length === WRAPPED_BYTES) return 'wrapped';
	return bytes.length === MATERIAL_BYTES ? 'material' : undefined;
}
