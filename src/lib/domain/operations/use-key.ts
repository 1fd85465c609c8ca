/**
 * Encrypt, GenerateDataKey and Decrypt: the pure decisions. Order: shape of the request, key exists, state.
 *
 * @see domain.md 1.4 (Encrypt / GenerateDataKey / Decrypt) and 1.7; what a damaged blob is answered with is our decision
 */
import type { Bytes } from '../bytes';
import type { KeyRecord } from '../key';
import { invalidParameter, keyNotFound, type Refusal } from '../refusals';
import { ok, refuse, type Result } from '../result';
import { stateRefusal } from '../state-table';
import {
	checkBytes,
	checkKeyId,
	checkOneOf,
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

export interface GenerateDataKeyRequest {
	readonly keyId: string;
	/** Default AES_256. */
	readonly keySpec?: string;
	/** 1 to 1024; wins when `keySpec` is given too. */
	readonly numberOfBytes?: number;
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

/** @see domain.md 1.2 "data key" and 1.7 "GenerateDataKey" (documented) */
const DATA_KEY_BYTES = { AES_256: 32, AES_128: 16 } as const;
type DataKeySpec = keyof typeof DATA_KEY_BYTES;
export const DATA_KEY_SPECS = Object.keys(DATA_KEY_BYTES) as readonly DataKeySpec[];
export const LONGEST_DATA_KEY_BYTES = 1024;

/**
 * @param key the CMK, settled at the instant of the decision
 * @returns how long the data key has to be, in bytes
 */
export function decideGenerateDataKey(
	request: GenerateDataKeyRequest,
	key: KeyRecord | undefined
): Result<number> {
	const { keyId, keySpec = 'AES_256', numberOfBytes, encryptionContext } = request;
	const refusal = firstRefusal(
		checkKeyId(keyId),
		checkOneOf('keySpec', keySpec, DATA_KEY_SPECS),
		numberOfBytes !== undefined && checkNumberOfBytes(numberOfBytes),
		checkText('encryptionContext', encryptionContext, LONGEST_CONTEXT),
		key ? stateRefusal('GenerateDataKey', key.state) : keyNotFound(keyId)
	);
	return refusal ? refuse(refusal) : ok(numberOfBytes ?? DATA_KEY_BYTES[keySpec as DataKeySpec]);
}

function checkNumberOfBytes(count: unknown): Refusal | undefined {
	if (Number.isInteger(count) && Number(count) >= 1 && Number(count) <= LONGEST_DATA_KEY_BYTES)
		return undefined;
	return invalidParameter(
		'numberOfBytes',
		`must be a whole number from 1 to ${String(LONGEST_DATA_KEY_BYTES)}`
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
