/** The mask of OAEP (RFC 8017 appendix B.2.1), with a hash of its own: WebCrypto ties it to the hash of the label. */
import type { Bytes } from '../domain/bytes';

export type Hash = ((bytes: Uint8Array) => Uint8Array) & { readonly outputLen: number };

export function mgf1(seed: Uint8Array, length: number, hash: Hash): Bytes {
	const mask = new Uint8Array(length);
	for (let counter = 0; counter * hash.outputLen < length; counter++) {
		// four octets, of which lengths like these reach only the last
		const block = hash(new Uint8Array([...seed, 0, 0, 0, counter]));
		const from = counter * hash.outputLen;
		mask.set(block.subarray(0, length - from), from);
	}
	return mask;
}

export function xor(bytes: Bytes, mask: Bytes): Bytes {
	return bytes.map((byte, index) => byte ^ (mask[index] ?? 0));
}
