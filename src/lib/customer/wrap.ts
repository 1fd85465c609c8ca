/**
 * What OpenSSL is for real: reads the downloaded public key and encrypts key material under it. Has no way to the
 * service but the bytes it returns.
 */
import { PUBLIC_KEY_BYTES, type WrappingAlgorithm } from '../domain/algorithms';
import { asciiToBytes, bytesToBase64, bytesToHex, startsWith, type Bytes } from '../domain/bytes';
import { publicKeyPemBytes, recognizeUpload, uploadedBytes } from '../domain/uploaded-file';
import { wrapKeyMaterial } from '../crypto/wrap';

/**
 * Everything in a SubjectPublicKeyInfo before the modulus of an RSA-2048 key: the lengths, rsaEncryption, and the sign byte
 * of the modulus (RFC 5280 section 4.1, RFC 8017 appendix A.1.1).
 */
const BEFORE_MODULUS = new Uint8Array([
	0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
	0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01,
	0x00
]);
/** The public exponent 65537. */
const AFTER_MODULUS = new Uint8Array([0x02, 0x03, 0x01, 0x00, 0x01]);

/**
 * @param file hexadecimal text, base64, PEM or DER
 * @returns DER SubjectPublicKeyInfo, or undefined when the file holds no RSA-2048 public key
 */
export function readPublicKeyFile(file: Bytes): Bytes | undefined {
	const upload = recognizeUpload(file);
	const bytes = upload.form === 'pem' ? publicKeyPemBytes(file) : uploadedBytes(upload);
	return bytes && isPublicKey(bytes) ? bytes : undefined;
}

/**
 * `openssl pkeyutl -encrypt`, and its result as a file.
 *
 * @param publicKey as `readPublicKeyFile` returns it
 * @throws when the material is longer than the algorithm can carry
 */
export async function wrapForUpload(
	algorithm: WrappingAlgorithm,
	publicKey: Bytes,
	material: Bytes,
	encoding: 'raw' | 'hex' | 'base64'
): Promise<Bytes> {
	return writeForUpload(await wrapKeyMaterial(algorithm, publicKey, material), encoding);
}

/** Encrypted key material as a file. */
export function writeForUpload(wrapped: Bytes, encoding: 'raw' | 'hex' | 'base64'): Bytes {
	return FILE_FORMS[encoding](wrapped);
}

/** The text forms end without a line break, as the API's strings do. */
const FILE_FORMS: Readonly<Record<'raw' | 'hex' | 'base64', (bytes: Bytes) => Bytes>> = {
	raw: (bytes) => bytes,
	hex: (bytes) => asciiToBytes(bytesToHex(bytes)),
	base64: (bytes) => asciiToBytes(bytesToBase64(bytes))
};

/** Complete, so that a file which passes is one that every platform imports. */
function isPublicKey(bytes: Bytes): boolean {
	const modulusAt = BEFORE_MODULUS.length;
	const exponentAt = PUBLIC_KEY_BYTES - AFTER_MODULUS.length;
	const isFullLength = (bytes[modulusAt] ?? 0) >= 0x80;
	const isOdd = (bytes[exponentAt - 1] ?? 0) % 2 === 1;
	return (
		bytes.length === PUBLIC_KEY_BYTES &&
		startsWith(bytes, BEFORE_MODULUS) &&
		startsWith(bytes.subarray(exponentAt), AFTER_MODULUS) &&
		isFullLength &&
		isOdd
	);
}
