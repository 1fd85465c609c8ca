/**
 * GenerateDataKey: random bytes, once in the clear and once encrypted under the CMK, as Encrypt would. One transaction
 * decides, records and hands out the CMK's key; what follows cannot be refused.
 */
import { encryptBlob } from '../../crypto/ciphertext-blob';
import type { GenerateDataKeyResponse } from '../../domain/kms';
import {
	decideGenerateDataKey,
	type GenerateDataKeyRequest
} from '../../domain/operations/use-key';
import { ok, type Result } from '../../domain/result';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export async function generateDataKey(
	deps: EngineDeps,
	request: GenerateDataKeyRequest
): Promise<Result<GenerateDataKeyResponse>> {
	const { keyId, encryptionContext } = request;
	const attempt = { operation: 'GenerateDataKey', request, keyId, material: true } as const;
	const allowed = await commit(deps, attempt, ({ key, material }) => {
		const decision = decideGenerateDataKey(request, key);
		if (!decision.ok) return decision;
		if (!material) throw new Error(`CMK ${keyId} is usable but holds no material`);
		const lengthBytes = decision.value;
		return {
			value: { material, lengthBytes },
			response: { keyId, plainText: { bytes: lengthBytes } }
		};
	});
	if (!allowed.ok) return allowed;
	const { material, lengthBytes, requestId } = allowed.value;
	const plainText = deps.randomBytes(lengthBytes);
	const cipherTextBlob = await encryptBlob(material, keyId, plainText, encryptionContext);
	return ok({ keyId, plainText, cipherTextBlob, requestId });
}
