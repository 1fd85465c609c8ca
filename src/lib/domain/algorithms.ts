/** The wrapping algorithms as one table. No WebCrypto names here: those belong to `crypto/`. */

/** @see domain.md 1.2 "wrapping algorithms" (documented) */
export const WRAPPING_ALGORITHMS = [
	'RSAES_OAEP_SHA_256',
	'RSAES_OAEP_SHA_1',
	'RSAES_PKCS1_V1_5'
] as const;
export type WrappingAlgorithm = (typeof WRAPPING_ALGORITHMS)[number];

/** @see domain.md 1.2 "wrapping public key type" (documented): RSA 2048 only */
export const WRAPPING_KEY_SPEC = 'RSA_2048';
export const WRAPPING_KEY_BITS = 2048;

/** Length of anything RSA-2048 encrypted, whatever the padding (RFC 8017 section 7). */
export const WRAPPED_BYTES = WRAPPING_KEY_BITS / 8;

/** Length of an RSA-2048 public key as DER SubjectPublicKeyInfo (RFC 5280 section 4.1). */
export const PUBLIC_KEY_BYTES = 294;

/** @see domain.md 1.2 "key material" (documented): exactly 256 bits */
export const MATERIAL_BYTES = 32;

/** The longest plaintext each algorithm can carry under RSA-2048, in bytes (RFC 8017 sections 7.1.1 and 7.2.1). */
export const LONGEST_PLAINTEXT_BYTES: Readonly<Record<WrappingAlgorithm, number>> = {
	RSAES_OAEP_SHA_256: 190,
	RSAES_OAEP_SHA_1: 214,
	RSAES_PKCS1_V1_5: 245
};

export function isWrappingAlgorithm(value: unknown): value is WrappingAlgorithm {
	return WRAPPING_ALGORITHMS.some((algorithm) => algorithm === value);
}
