/** The mask of OAEP (RFC 8017 appendix B.2.1), with a hash of its own: WebCrypto ties it to the hash of the label. */
import type { Bytes } from '../domain/bytes';

export type Hash = ((bytes: Uint8Array) => Uint8Array) & { readonly outputLen: number };

export function mgf1(seed: Uint8Array, length: number, hash: Hash): Bytes {
	return mgf1Mask(mgf1Inputs(seed, length, hash.outputLen).map(hash), length);
}

/** @returns the input of the hash for each block */
export function mgf1Inputs(seed: Uint8Array, length: number, outputLen: number): Bytes[] {
	// four octets, of which lengths like these reach only the last
	return Array.from(
		{ length: Math.ceil(length / outputLen) },
		(_none, counter) => new Uint8Array([...seed, 0, 0, 0, counter])
	);
}

/** @param hashes of the inputs */
export function mgf1Mask(hashes: readonly Uint8Array[], length: number): Bytes {
	return new Uint8Array(hashes.flatMap((hash) => [...hash])).slice(0, length);
}

export function xor(bytes: Bytes, mask: Bytes): Bytes {
	return bytes.map((byte, index) => byte ^ (mask[index] ?? 0));
}
