/**
 * RSADP, the RSA private operation without any padding (RFC 8017 section 5.1.2), which WebCrypto does not offer.
 *
 * Simplified: base blinding makes the running time independent of the ciphertext, but BigInt is not constant-time. Don't use
 * this code for real keys.
 */
import type { Bytes } from '../domain/bytes';
import {
	base64urlToBytes,
	bigIntToBytes,
	bytesToBigInt,
	mod,
	modInverse,
	modPow,
	randomBelow
} from './big-integers';
import { toRsaPrivateKey, type RsaPrivateKey } from './private-key';

/**
 * @returns the encoded message, as long as the modulus; undefined if the ciphertext has another length or is not below the
 * modulus
 * @throws if the private key is not an RSA key, or its numbers don't match
 */
export function decryptionPrimitive(privateKey: JsonWebKey, ciphertext: Bytes): Bytes | undefined {
	const key = toRsaPrivateKey(privateKey);
	const modulus = base64urlToBytes(key.n);
	if (ciphertext.length !== modulus.length) return undefined;
	const representative = bytesToBigInt(ciphertext);
	if (representative >= bytesToBigInt(modulus)) return undefined;
	return bigIntToBytes(decryptRepresentative(key, representative), modulus.length);
}

/** Step 2.b by the Chinese remainder theorem, on a blinded number. */
function decryptRepresentative(key: RsaPrivateKey, ciphertext: bigint): bigint {
	const number = (field: keyof RsaPrivateKey) => bytesToBigInt(base64urlToBytes(key[field]));
	const [n, e, p, q] = [number('n'), number('e'), number('p'), number('q')];
	const { mask, unmask } = blinding(n);
	const blinded = (ciphertext * modPow(mask, e, n)) % n;
	const m1 = modPow(blinded % p, number('dp'), p);
	const m2 = modPow(blinded % q, number('dq'), q);
	const message = m2 + q * mod((m1 - m2) * number('qi'), p);
	// One wrong half would reveal a factor of n, so the result is checked by the public operation before it is returned.
	if (modPow(message, e, n) !== blinded) throw new Error('the RSA private key is inconsistent');
	return (message * unmask) % n;
}

function blinding(modulus: bigint): { readonly mask: bigint; readonly unmask: bigint } {
	for (;;) {
		const mask = randomBelow(modulus);
		const unmask = modInverse(mask, modulus);
		if (unmask !== undefined) return { mask, unmask };
	}
}

/**
 * Whether the numbers of a private key match (RFC 8017 section 3.2), without testing that p and q are prime. Cheap, because
 * it needs no exponentiation.
 *
 * @throws if a number is not base64url
 */
export function isConsistentPrivateKey(key: RsaPrivateKey): boolean {
	const number = (field: keyof RsaPrivateKey) => bytesToBigInt(base64urlToBytes(key[field]));
	const [n, e, d, p, q] = [number('n'), number('e'), number('d'), number('p'), number('q')];
	if (p < 3n || q < 3n || p * q !== n) return false;
	const [dp, dq, qi] = [number('dp'), number('dq'), number('qi')];
	return (
		dp === d % (p - 1n) &&
		dq === d % (q - 1n) &&
		qi < p &&
		(qi * q) % p === 1n &&
		(e * dp) % (p - 1n) === 1n &&
		(e * dq) % (q - 1n) === 1n
	);
}
