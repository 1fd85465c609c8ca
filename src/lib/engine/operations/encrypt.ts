/**
 * Encrypt: the blob names its CMK and is bound to it and to the encryption context.
 *
 * One transaction decides, records and hands out the key; the encryption that follows cannot be refused.
 */
import { encryptBlob } from '../../crypto/ciphertext-blob';
import type { EncryptResponse } from '../../domain/kms';
import { decideEncrypt, type EncryptRequest } from '../../domain/operations/use-key';
import { ok, type Result } from '../../domain/result';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export async function encrypt(
	deps: EngineDeps,
	request: EncryptRequest
): Promise<Result<EncryptResponse>> {
	const { keyId, plainText, encryptionContext } = request;
	const attempt = { operation: 'Encrypt', request, keyId, material: true } as const;
	const allowed = await commit(deps, attempt, ({ key, material }) => {
		const refusal = decideEncrypt(request, key);
		if (refusal) return { refusal };
		if (!material) throw new Error(`CMK ${keyId} is usable but holds no material`);
		// The blob is made afterwards, by an encryption that cannot be refused.
		return { value: { material }, response: { keyId } };
	});
	if (!allowed.ok) return allowed;
	const { material, requestId } = allowed.value;
	const cipherTextBlob = await encryptBlob(material, keyId, plainText, encryptionContext);
	return ok({ keyId, cipherTextBlob, requestId });
}
