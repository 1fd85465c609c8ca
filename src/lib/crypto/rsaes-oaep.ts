/**
 * RSAES-OAEP (RFC 8017 section 7.1) by WebCrypto, which uses the same hash for the label and for MGF1.
 * Never says why a ciphertext could not be opened.
 */
import type { Bytes } from '../domain/bytes';
import { base64urlToBytes } from './big-integers';
import { undefinedWhenRefused } from './platform';
import { toRsaPrivateKey } from './private-key';

export type OaepHash = 'SHA-1' | 'SHA-256';

/**
 * @param label what the sender bound to the ciphertext; the procedure uses none
 * @returns undefined when it cannot be opened, whatever the cause
 * @throws when the private key is no RSA key
 * @see RFC 8017 section 7.1.2
 */
export async function decryptOaep(
	privateKey: JsonWebKey,
	hash: OaepHash,
	ciphertext: Bytes,
	label: Bytes = new Uint8Array()
): Promise<Bytes | undefined> {
	const jwk = toRsaPrivateKey(privateKey);
	// Step 1.b. Node's WebCrypto opens a ciphertext whose leading zero byte was cut off; browsers do not.
	if (ciphertext.length !== base64urlToBytes(jwk.n).length) return undefined;
	const key = await crypto.subtle.importKey('jwk', jwk, { name: 'RSA-OAEP', hash }, false, [
		'decrypt'
	]);
	return undefinedWhenRefused(crypto.subtle.decrypt({ name: 'RSA-OAEP', label }, key, ciphertext));
}

/**
 * @param publicKey DER SubjectPublicKeyInfo
 * @throws when the plaintext is longer than the key and the hash can carry, or the public key is none
 * @see RFC 8017 section 7.1.1
 */
export async function encryptOaep(
	publicKey: Bytes,
	hash: OaepHash,
	plaintext: Bytes
): Promise<Bytes> {
	const key = await crypto.subtle.importKey('spki', publicKey, { name: 'RSA-OAEP', hash }, false, [
		'encrypt'
	]);
	return new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, plaintext));
}
