/**
 * Encrypt and Decrypt: the pure decisions. Order: shape of the request, key exists, state.
 *
 * @see domain.md 1.4 (Encrypt / GenerateDataKey / Decrypt) and 1.7; what a damaged blob is answered with is our decision
 */
import type { Bytes } from '../bytes';
import type { KeyRecord } from '../key';
import { invalidParameter, keyNotFound, type Refusal } from '../refusals';
import { stateRefusal } from '../state-table';
import {
	checkBytes,
	checkKeyId,
	checkText,
	firstRefusal,
	LONGEST_BLOB_BYTES,
	LONGEST_CONTEXT,
	LONGEST_PLAINTEXT_BYTES
} from './requests';

export interface EncryptRequest {
	readonly keyId: string;
	/** 1 to 4095 bytes. */
	readonly plainText: Bytes;
	/** Must be repeated, to the letter, at Decrypt. */
	readonly encryptionContext?: string;
}

export interface DecryptRequest {
	/** The blob names its CMK. */
	readonly cipherTextBlob: Bytes;
	readonly encryptionContext?: string;
}

/** @param key the CMK, settled at the instant of the decision */
export function decideEncrypt(
	request: EncryptRequest,
	key: KeyRecord | undefined
): Refusal | undefined {
	return firstRefusal(
		checkKeyId(request.keyId),
		checkBytes('plainText', request.plainText, 1, LONGEST_PLAINTEXT_BYTES),
		checkText('encryptionContext', request.encryptionContext, LONGEST_CONTEXT),
		key ? stateRefusal('Encrypt', key.state) : keyNotFound(request.keyId)
	);
}

/**
 * @param keyId the CMK that the blob names, or undefined when it is no blob of this service
 * @param opened false once decryption has failed; absent before it was tried
 */
export function decideDecrypt(
	request: DecryptRequest,
	keyId: string | undefined,
	key: KeyRecord | undefined,
	opened?: boolean
): Refusal | undefined {
	const malformed = firstRefusal(
		checkBytes('cipherTextBlob', request.cipherTextBlob, 1, LONGEST_BLOB_BYTES),
		checkText('encryptionContext', request.encryptionContext, LONGEST_CONTEXT)
	);
	if (malformed) return malformed;
	if (keyId === undefined) return cipherTextInvalid();
	if (!key) return keyNotFound(keyId);
	return stateRefusal('Decrypt', key.state) ?? (opened === false ? cipherTextInvalid() : undefined);
}

/** One answer for damage, another encryption context and another CMK's ciphertext: the service does not tell them apart. */
const cipherTextInvalid = (): Refusal =>
	invalidParameter(
		'cipherTextBlob',
		'must be a ciphertext of this CMK with its encryption context'
	);
