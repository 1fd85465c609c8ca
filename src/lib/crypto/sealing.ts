/** Authenticated encryption for everything the service hands out or stores: AES-256-GCM (NIST SP 800-38D). */
import type { Bytes } from '../domain/bytes';
import { undefinedWhenRefused } from './platform';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What sealing adds to the length of a plaintext. */
export const SEALING_OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/**
 * @param boundTo not secret and not in the result: opening takes the same bytes again
 * @returns nonce (12) || ciphertext || tag (16)
 */
export async function seal(key: CryptoKey, plaintext: Bytes, boundTo: Bytes): Promise<Bytes> {
	// Random nonces are safe for 2^32 uses of one key (section 8.3), more than a browser profile ever makes.
	const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
	const algorithm = { name: 'AES-GCM', iv, additionalData: boundTo };
	const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plaintext));
	return new Uint8Array([...iv, ...sealed]);
}

/** @returns undefined for damage, truncation, another key or other bound bytes */
export function open(key: CryptoKey, sealed: Bytes, boundTo: Bytes): Promise<Bytes | undefined> {
	const iv = sealed.subarray(0, NONCE_BYTES);
	const algorithm = { name: 'AES-GCM', iv, additionalData: boundTo };
	return undefinedWhenRefused(crypto.subtle.decrypt(algorithm, key, sealed.subarray(NONCE_BYTES)));
}
