/**
 * The mistake of Java's `OAEPWithSHA-256AndMGF1Padding`: OAEP with SHA-256 whose mask is made with SHA-1. Made to be
 * shown, and refused.
 *
 * @see domain.md 5, rank 12
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../domain/bytes';
import { mgf1Inputs, mgf1Mask, xor } from './mgf1';
import { encryptionPrimitive } from './rsaep';

/**
 * EME-OAEP encoding with the empty label, RFC 8017 section 7.1.1.
 *
 * @param publicKey DER SubjectPublicKeyInfo
 * @throws when the plaintext is longer than the key can carry, or the public key is none
 */
export async function wrapLikeJava(publicKey: Bytes, plaintext: Bytes): Promise<Bytes> {
	const encrypt = await encryptionPrimitive(publicKey);
	const labelHash = sha256(new Uint8Array());
	const block = new Uint8Array(encrypt.modulusBytes - labelHash.length - 1);
	const separatorAt = block.length - plaintext.length - 1;
	if (separatorAt < labelHash.length) throw new RangeError('the plaintext is too long');
	block.set(labelHash);
	block[separatorAt] = 1;
	block.set(plaintext, separatorAt + 1);
	const seed = crypto.getRandomValues(new Uint8Array(labelHash.length));
	const maskedBlock = xor(block, await mgf1Sha1(seed, block.length));
	const maskedSeed = xor(seed, await mgf1Sha1(maskedBlock, seed.length));
	return encrypt.message(new Uint8Array([0, ...maskedSeed, ...maskedBlock]));
}

async function mgf1Sha1(seed: Bytes, length: number): Promise<Bytes> {
	const hashes = mgf1Inputs(seed, length, 20).map((input) => crypto.subtle.digest('SHA-1', input));
	return mgf1Mask(
		(await Promise.all(hashes)).map((hash) => new Uint8Array(hash)),
		length
	);
}
