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
const HASH_LENGTHS = [...new Set(DIGESTS.map((digest) => HASHES[digest].outputLen))];

export type Padding =
	| { readonly scheme: 'RSAES_PKCS1_V1_5' }
	| {
			readonly scheme: 'RSAES_OAEP';
			/** Of the label. */
			readonly digest: Digest;
			/** Of the mask generation function. */
			readonly maskDigest: Digest;
	  }
	/**
	 * OAEP by its zeros, where no known digest gives this hash of an empty label. There are two causes, and the bytes don't tell
	 * which it was: a label was given, or the hash is of another kind.
	 */
	| {
			readonly scheme: 'RSAES_OAEP_OTHER_LABEL';
			readonly maskDigest: Digest;
			readonly labelHashBytes: number;
	  }
	/** No padding at all: the plaintext as a number, and zeros to fill it up. */
	| { readonly scheme: 'none'; readonly zeros: 'before' | 'behind' };

export interface Opened {
	readonly padding: Padding;
	/** Of any length. The caller overwrites it. */
	readonly plaintext: Bytes;
}

/** @returns the algorithm of the procedure that asks for a padding, if there is one */
export function algorithmOf(padding: Padding): WrappingAlgorithm | undefined {
	if (padding.scheme === 'RSAES_PKCS1_V1_5') return padding.scheme;
	if (padding.scheme !== 'RSAES_OAEP') return undefined;
	if (padding.digest !== padding.maskDigest) return undefined;
	return padding.digest === 'SHA-256'
		? 'RSAES_OAEP_SHA_256'
		: padding.digest === 'SHA-1'
			? 'RSAES_OAEP_SHA_1'
			: undefined;
}

/**
 * @returns the padding that fits. One of the OAEP family is proof, and zeros are. PKCS#1 v1.5 has no checksum: its structure
 * fits one message in 430 of those that OAEP made, and at most one in 50,000 of those that another key made, so the caller
 * weighs the plaintext too
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
	for (const maskDigest of DIGESTS)
		for (const labelHashBytes of HASH_LENGTHS) {
			const opened = removeOaepOf(message, maskDigest, labelHashBytes);
			if (opened) return opened;
		}
	return undefined;
}

/** Of fewer zeros the structure may be chance. */
const FEWEST_ZEROS = 8;

/** The digest of the label gives its length alone to the structure. */
function removeOaepOf(
	message: Bytes,
	maskDigest: Digest,
	labelHashBytes: number
): Opened | undefined {
	const maskHash: Hash = HASHES[maskDigest];
	const masked = message.subarray(1 + labelHashBytes);
	const maskedSeed = message.subarray(1, 1 + labelHashBytes);
	const seed = xor(maskedSeed, mgf1(masked, labelHashBytes, maskHash));
	const block = xor(masked, mgf1(seed, masked.length, maskHash));
	try {
		let at = labelHashBytes;
		while (block[at] === 0) at++;
		if (block[at] !== 1) return undefined;
		const digest = ofEmptyLabel(block.subarray(0, labelHashBytes));
		if (!digest && at - labelHashBytes < FEWEST_ZEROS) return undefined;
		const padding: Padding = digest
			? { scheme: 'RSAES_OAEP', digest, maskDigest }
			: { scheme: 'RSAES_OAEP_OTHER_LABEL', maskDigest, labelHashBytes };
		return { padding, plaintext: block.slice(at + 1) };
	} finally {
		block.fill(0);
	}
}

/** @returns the digest that gives this hash of an empty label */
const ofEmptyLabel = (labelHash: Bytes): Digest | undefined =>
	DIGESTS.find((digest) => {
		const hash: Hash = HASHES[digest];
		const isAsLong = hash.outputLen === labelHash.length;
		return isAsLong && hash(new Uint8Array()).every((byte, at) => byte === labelHash[at]);
	});

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
