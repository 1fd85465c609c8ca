/** The wrapping algorithms of the procedure, each as a pair of functions. Rules about lengths are the domain's. */
import type { WrappingAlgorithm } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { decryptOaep, encryptOaep, type OaepHash } from './rsaes-oaep';
import { decryptPkcs1v15, encryptPkcs1v15 } from './rsaes-pkcs1-v15';

interface Scheme {
	readonly wrap: (publicKey: Bytes, plaintext: Bytes) => Promise<Bytes>;
	readonly unwrap: (privateKey: JsonWebKey, wrapped: Bytes) => Promise<Bytes | undefined>;
}

const oaep = (hash: OaepHash): Scheme => ({
	wrap: (publicKey, plaintext) => encryptOaep(publicKey, hash, plaintext),
	unwrap: (privateKey, wrapped) => decryptOaep(privateKey, hash, wrapped)
});

const SCHEMES: Readonly<Record<WrappingAlgorithm, Scheme>> = {
	RSAES_OAEP_SHA_256: oaep('SHA-256'),
	RSAES_OAEP_SHA_1: oaep('SHA-1'),
	RSAES_PKCS1_V1_5: { wrap: encryptPkcs1v15, unwrap: decryptPkcs1v15 }
};

/**
 * What the service does with an upload.
 *
 * @param wrapped any number of bytes
 * @returns plaintext of any length, which the caller owns and overwrites; undefined when it cannot be opened,
 * without a reason: wrong algorithm, wrong key and damage look alike. PKCS#1 v1.5 has no checksum, so of what OAEP
 * has wrapped it opens about one in 430, to noise
 */
export function unwrapKeyMaterial(
	algorithm: WrappingAlgorithm,
	privateKey: JsonWebKey,
	wrapped: Bytes
): Promise<Bytes | undefined> {
	return SCHEMES[algorithm].unwrap(privateKey, wrapped);
}

/**
 * What the customer does before an upload.
 *
 * @param publicKey DER SubjectPublicKeyInfo
 * @param plaintext at most `LONGEST_PLAINTEXT_BYTES` of the algorithm
 * @returns 256 bytes
 * @throws when the plaintext is longer or the public key is none
 */
export function wrapKeyMaterial(
	algorithm: WrappingAlgorithm,
	publicKey: Bytes,
	plaintext: Bytes
): Promise<Bytes> {
	return SCHEMES[algorithm].wrap(publicKey, plaintext);
}
