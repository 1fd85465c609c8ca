/**
 * RSAES-PKCS1-v1_5 (RFC 8017 section 7.2), which WebCrypto does not offer. Not for real keys: see `rsadp.ts`. Every
 * failure gives the caller the same answer.
 */
import type { Bytes } from '../domain/bytes';
import { decryptionPrimitive } from './rsadp';
import { encryptionPrimitive } from './rsaep';

/** 00 02, at least eight bytes of padding, 00. */
const SHORTEST_PADDING_BYTES = 8;
const OVERHEAD_BYTES = SHORTEST_PADDING_BYTES + 3;

/**
 * @returns undefined when it cannot be opened, whatever the cause
 * @throws when the private key is no RSA key, or its numbers do not belong together
 * @see RFC 8017 section 7.2.2
 */
export async function decryptPkcs1v15(
	privateKey: JsonWebKey,
	ciphertext: Bytes
): Promise<Bytes | undefined> {
	const message = decryptionPrimitive(privateKey, ciphertext);
	const plaintext = message && removePadding(message);
	message?.fill(0);
	return Promise.resolve(plaintext);
}

/**
 * @param publicKey DER SubjectPublicKeyInfo
 * @throws when the plaintext is longer than the key can carry, or the public key is none
 * @see RFC 8017 section 7.2.1
 */
export async function encryptPkcs1v15(publicKey: Bytes, plaintext: Bytes): Promise<Bytes> {
	const encrypt = await encryptionPrimitive(publicKey);
	const paddingBytes = encrypt.modulusBytes - plaintext.length - 3;
	if (paddingBytes < SHORTEST_PADDING_BYTES)
		throw new RangeError(
			`plaintext must be at most ${String(encrypt.modulusBytes - OVERHEAD_BYTES)} bytes`
		);
	return encrypt.message(new Uint8Array([0, 2, ...nonZeroBytes(paddingBytes), 0, ...plaintext]));
}

/** EME-PKCS1-v1_5 decoding, section 7.2.2 step 3. Every byte is looked at, whatever the ones before it were. */
export function removePadding(message: Bytes): Bytes | undefined {
	let separator = 0;
	for (let i = message.length - 1; i >= 2; i--) if (message[i] === 0) separator = i;
	const isTyped = message[0] === 0 && message[1] === 2;
	const isPadded = separator >= 2 + SHORTEST_PADDING_BYTES;
	return isTyped && isPadded ? message.slice(separator + 1) : undefined;
}

function nonZeroBytes(length: number): Bytes {
	const bytes = crypto.getRandomValues(new Uint8Array(length));
	for (let i = 0; i < length; i++)
		while (bytes[i] === 0) crypto.getRandomValues(bytes.subarray(i, i + 1));
	return bytes;
}
