/**
 * The CiphertextBlob of Encrypt, which names the CMK that can open it:
 * version (1) || CMK id (16) || nonce (12) || ciphertext || tag (16).
 *
 * The head and the encryption context are authenticated, so two CMKs with equal material still cannot open each
 * other's blobs.
 *
 * Simplified: the provider documents no format; its blobs are longer and opaque.
 */
import type { Bytes } from '../domain/bytes';
import { open, seal, SEALING_OVERHEAD_BYTES } from './sealing';
import { bytesToUuid, UUID_BYTES, uuidToBytes } from './uuid';

const VERSION = 1;
const HEAD_BYTES = 1 + UUID_BYTES;

/** What encryption adds to the length of a plaintext: 45 bytes. */
export const BLOB_OVERHEAD_BYTES = HEAD_BYTES + SEALING_OVERHEAD_BYTES;

/**
 * @param keyId UUID, lower case
 * @param context the encryption context; none and the empty one are the same
 */
export async function encryptBlob(
	key: CryptoKey,
	keyId: string,
	plainText: Bytes,
	context?: string
): Promise<Bytes> {
	const head = new Uint8Array([VERSION, ...uuidToBytes(keyId)]);
	const sealed = await seal(key, plainText, withContext(head, context));
	return new Uint8Array([...head, ...sealed]);
}

/** @returns the CMK that the blob claims to be of, or undefined when it is no blob of this service */
export function blobKeyId(blob: Bytes): string | undefined {
	if (blob[0] !== VERSION || blob.length < BLOB_OVERHEAD_BYTES) return undefined;
	return bytesToUuid(blob.subarray(1, HEAD_BYTES));
}

/** @returns undefined for damage, another context and another CMK's blob, indistinguishably */
export function decryptBlob(
	key: CryptoKey,
	blob: Bytes,
	context?: string
): Promise<Bytes | undefined> {
	const head = blob.subarray(0, HEAD_BYTES);
	return open(key, blob.subarray(HEAD_BYTES), withContext(head, context));
}

/** Unambiguous, because the head has a fixed length. */
function withContext(head: Bytes, context = ''): Bytes {
	return new Uint8Array([...head, ...new TextEncoder().encode(context)]);
}
