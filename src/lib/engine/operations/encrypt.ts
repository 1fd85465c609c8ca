/** Encrypt: the blob names its CMK and is bound to it and to the encryption context. */
import { encryptBlob } from '../../crypto/ciphertext-blob';
import type { EncryptResponse } from '../../domain/kms';
import { decideEncrypt, type EncryptRequest } from '../../domain/operations/use-key';
import type { Result } from '../../domain/result';
import { readSecrets } from '../../storage/read';
import { commit, wellFormed } from '../commit';
import type { EngineDeps } from '../deps';

export async function encrypt(
	deps: EngineDeps,
	request: EncryptRequest
): Promise<Result<EncryptResponse>> {
	const { keyId, plainText, encryptionContext } = request;
	const before = await readSecrets(deps.store.db, deps.systemNowMs(), wellFormed(keyId));
	const refused = decideEncrypt(request, before.key);
	const blob =
		!refused && before.material
			? await encryptBlob(before.material, keyId, plainText, encryptionContext)
			: undefined;
	return commit(deps, { operation: 'Encrypt', keyId, refused }, ({ key }) => {
		const refusal = decideEncrypt(request, key);
		if (refusal) return { refusal };
		if (!blob) throw new Error(`CMK ${keyId} is usable but holds no material`);
		return { value: { keyId, cipherTextBlob: blob } };
	});
}
