/**
 * How a file was really padded: one private operation, and every padding tried on what comes out. A training aid; a service
 * that answered by this would be a decryption oracle.
 */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import type { WrappingAlgorithm } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import { mgf1, xor, type Hash } from './mgf1';
import { decryptionPrimitive } from './rsadp';
import { removePadding } from './rsaes-pkcs1-v15';

/** What OpenSSL, Java, Python, Go and .NET offer, the usual ones first. */
const HASHES = {
	'SHA-256': sha256,
	'SHA-1': sha1,
	'SHA-512': sha512,
	'SHA-384': sha384,
	'SHA-224': sha224,
	MD5: md5,
	'SHA-512/256': sha512_256,
	'SHA-512/224': sha512_224,
	'SHA3-256': sha3_256,
	'SHA3-512': sha3_512,
	'SHA3-384': sha3_384,
	'SHA3-224': sha3_224
} as const satisfies Readonly<Record<string, Hash>>;

export type Digest = keyof typeof HASHES;

const DIGESTS = Object.keys(HASHES) as Digest[];

export type Padding =
	| { readonly scheme: 'RSAES_PKCS1_V1_5' }
	| {
			readonly scheme: 'RSAES_OAEP';
			/** Of the label. */
			readonly digest: Digest;
			/** Of the mask generation function. */
			readonly maskDigest: Digest;
			/** Whether a label was given: what is not empty can't be told. */
			readonly isLabelled: boolean;
	  }
	/** No padding at all: the plaintext as a number, and zeros to fill it up. */
	| { readonly scheme: 'none'; readonly zeros: 'before' | 'behind' };

export interface Opened {
	readonly padding: Padding;
	/** The caller overwrites it. */
	readonly plaintext: Bytes;
}

/** @returns the algorithm of the procedure that asks for a padding, if there is one */
export function algorithmOf(padding: Padding): WrappingAlgorithm | undefined {
	if (padding.scheme === 'RSAES_PKCS1_V1_5') return padding.scheme;
	if (padding.scheme === 'none' || padding.isLabelled) return undefined;
	if (padding.digest !== padding.maskDigest) return undefined;
	return padding.digest === 'SHA-256'
		? 'RSAES_OAEP_SHA_256'
		: padding.digest === 'SHA-1'
			? 'RSAES_OAEP_SHA_1'
			: undefined;
}

/**
 * @returns the padding that fits. One of the OAEP family is proof, and zeros are. PKCS#1 v1.5 has no checksum: it fits one
 * random message in 430, so the caller checks the plaintext too
 * @throws when the private key is no RSA key
 */
export function openWithEveryPadding(privateKey: JsonWebKey, wrapped: Bytes): Opened | undefined {
	const message = decryptionPrimitive(privateKey, wrapped);
	if (!message) return undefined;
	try {
		return (
			removeOaep(message) ?? zerosBefore(message) ?? removePkcs1(message) ?? zerosBehind(message)
		);
	} finally {
		message.fill(0);
	}
}

/** RFC 8017 section 7.1.2 step 3. */
function removeOaep(message: Bytes): Opened | undefined {
	// all of them begin with a zero, and what another key opens does once in 256 times
	if (message[0] !== 0) return undefined;
	let labelled: Opened | undefined;
	for (const maskDigest of DIGESTS)
		for (const digest of DIGESTS) {
			const opened = removeOaepOf(message, digest, maskDigest);
			if (!opened) continue;
			if (opened.padding.scheme === 'RSAES_OAEP' && !opened.padding.isLabelled) {
				labelled?.plaintext.fill(0);
				return opened;
			}
			if (labelled) opened.plaintext.fill(0);
			else labelled = opened;
		}
	return labelled;
}

/** With fewer zeros behind a digest that differs, the rest may be chance. */
const FEWEST_ZEROS = 8;

function removeOaepOf(message: Bytes, digest: Digest, maskDigest: Digest): Opened | undefined {
	const [hash, maskHash]: readonly [Hash, Hash] = [HASHES[digest], HASHES[maskDigest]];
	const { outputLen } = hash;
	const masked = message.subarray(1 + outputLen);
	const seed = xor(message.subarray(1, 1 + outputLen), mgf1(masked, outputLen, maskHash));
	const block = xor(masked, mgf1(seed, masked.length, maskHash));
	try {
		let at = outputLen;
		while (block[at] === 0) at++;
		if (block[at] !== 1) return undefined;
		const labelHash = hash(new Uint8Array());
		const isLabelled = !labelHash.every((byte, index) => block[index] === byte);
		if (isLabelled && at - outputLen < FEWEST_ZEROS) return undefined;
		const padding = { scheme: 'RSAES_OAEP', digest, maskDigest, isLabelled } as const;
		return { padding, plaintext: block.slice(at + 1) };
	} finally {
		block.fill(0);
	}
}

/** A key may begin with a zero itself, so usual lengths are kept. */
const USUAL_BYTES = [16, 24, 32, 48, 64];

/** @param used how many bytes are left without the zeros */
const lengthOf = (used: number): number =>
	USUAL_BYTES.find((usual) => usual >= used && usual - used < 2) ?? used;

function zerosBefore(message: Bytes): Opened | undefined {
	const first = message.findIndex((byte) => byte !== 0);
	if (first < FEWEST_ZEROS) return undefined;
	const plaintext = message.slice(-lengthOf(message.length - first));
	return { padding: { scheme: 'none', zeros: 'before' }, plaintext };
}

/** After PKCS #1 v1.5, whose key may end in zeros itself. */
function zerosBehind(message: Bytes): Opened | undefined {
	const last = message.findLastIndex((byte) => byte !== 0);
	if (last < 0 || message.length - 1 - last < FEWEST_ZEROS) return undefined;
	const plaintext = message.slice(0, lengthOf(last + 1));
	return { padding: { scheme: 'none', zeros: 'behind' }, plaintext };
}

function removePkcs1(message: Bytes): Opened | undefined {
	const plaintext = removePadding(message);
	return plaintext && { padding: { scheme: 'RSAES_PKCS1_V1_5' }, plaintext };
}
