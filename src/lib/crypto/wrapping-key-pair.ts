/** Makes the key pair of one GetParametersForImport call. Knows nothing of tokens or of storage. */
import { WRAPPING_KEY_BITS } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { toRsaPrivateKey } from './private-key';

export interface WrappingKeyPair {
	/** DER SubjectPublicKeyInfo, 294 bytes. */
	readonly publicKey: Bytes;
	/** Secret. Only its owner's sealed copy may be stored. */
	readonly privateKey: JsonWebKey;
}

/**
 * RSA-2048 with the public exponent 65537. Takes 25 to 250 ms, the nature of the search for primes.
 *
 * Simplified: a real service keeps this key inside a security module. Here it leaves WebCrypto as numbers,
 * because WebCrypto cannot open RSAES-PKCS1-v1_5.
 */
export async function generateWrappingKeyPair(): Promise<WrappingKeyPair> {
	const pair = await crypto.subtle.generateKey(
		{
			// The name and the hash are only labels here: export drops them.
			name: 'RSA-OAEP',
			hash: 'SHA-256',
			modulusLength: WRAPPING_KEY_BITS,
			publicExponent: new Uint8Array([1, 0, 1])
		},
		true,
		['encrypt', 'decrypt']
	);
	const [publicKey, privateKey] = await Promise.all([
		crypto.subtle.exportKey('spki', pair.publicKey),
		crypto.subtle.exportKey('jwk', pair.privateKey)
	]);
	return { publicKey: new Uint8Array(publicKey), privateKey: toRsaPrivateKey(privateKey) };
}
