/**
 * How a file was really wrapped: one private operation, and every padding tried on what comes out. A training aid; a service
 * that answered by this would be a decryption oracle.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { WrappingAlgorithm } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { mgf1, xor, type Hash } from './mgf1';
import { decryptionPrimitive } from './rsadp';
import { removePadding } from './rsaes-pkcs1-v15';

/** The three of the procedure, and what tools do when they are told less than they should be, or something else. */
export type Padding =
	| WrappingAlgorithm
	/** What Java's "OAEPWithSHA-256AndMGF1Padding" is without a parameter specification. */
	| 'OAEP_SHA_256_MGF1_SHA_1'
	/** `rsa_mgf1_md:sha256` without `rsa_oaep_md`. */
	| 'OAEP_SHA_1_MGF1_SHA_256'
	| 'OAEP_SHA_384'
	| 'OAEP_SHA_512';

export interface Opened {
	readonly padding: Padding;
	/** The caller overwrites it. */
	readonly plaintext: Bytes;
}

/** The digest of the label, which is also the checksum, and the digest of the mask. */
const OAEP: readonly (readonly [Padding, Hash, Hash])[] = [
	['RSAES_OAEP_SHA_256', sha256, sha256],
	['RSAES_OAEP_SHA_1', sha1, sha1],
	['OAEP_SHA_256_MGF1_SHA_1', sha256, sha1],
	['OAEP_SHA_1_MGF1_SHA_256', sha1, sha256],
	['OAEP_SHA_384', sha384, sha384],
	['OAEP_SHA_512', sha512, sha512]
];

/**
 * @returns the padding that fits. One of the OAEP family is proof. PKCS#1 v1.5 has no checksum: it fits one random message
 * in 430, so whoever gets it looks at the plaintext too
 * @throws when the private key is no RSA key
 */
export function openWithEveryPadding(privateKey: JsonWebKey, wrapped: Bytes): Opened | undefined {
	const message = decryptionPrimitive(privateKey, wrapped);
	if (!message) return undefined;
	try {
		for (const [padding, hash, maskHash] of OAEP) {
			const plaintext = removeOaepPadding(message, hash, maskHash);
			if (plaintext) return { padding, plaintext };
		}
		const plaintext = removePadding(message);
		return plaintext && { padding: 'RSAES_PKCS1_V1_5', plaintext };
	} finally {
		message.fill(0);
	}
}

/** EME-OAEP decoding with the empty label, RFC 8017 section 7.1.2 step 3. */
function removeOaepPadding(message: Bytes, hash: Hash, maskHash: Hash): Bytes | undefined {
	const { outputLen } = hash;
	const seed = xor(
		message.subarray(1, 1 + outputLen),
		mgf1(message.subarray(1 + outputLen), outputLen, maskHash)
	);
	const masked = message.subarray(1 + outputLen);
	const block = xor(masked, mgf1(seed, masked.length, maskHash));
	try {
		const labelHash = hash(new Uint8Array());
		if (message[0] !== 0 || !labelHash.every((byte, index) => block[index] === byte))
			return undefined;
		let at = outputLen;
		while (block[at] === 0) at++;
		return block[at] === 1 ? block.slice(at + 1) : undefined;
	} finally {
		block.fill(0);
	}
}
