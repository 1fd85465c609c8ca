/** The wrapping private key as the eight numbers of RFC 7518 section 6.3.2, without the labels a platform adds. */

const FIELDS = ['kty', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

export type RsaPrivateKey = Readonly<Record<(typeof FIELDS)[number], string>>;

/**
 * Leaves out `alg`, `key_ops` and `ext`: they name one use, and WebCrypto refuses the key for any other.
 *
 * @throws when a number is missing: every private key here was made by this folder
 */
export function toRsaPrivateKey(jwk: JsonWebKey): RsaPrivateKey {
	const entries = FIELDS.map((field) => {
		const value = jwk[field];
		if (value === undefined) throw new Error(`an RSA private key must have ${field}`);
		return [field, value] as const;
	});
	return Object.fromEntries(entries) as Record<(typeof FIELDS)[number], string>;
}
