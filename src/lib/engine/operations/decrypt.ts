/** Decrypt: takes no key id, the blob names its CMK (domain.md 1.7). */
import { blobKeyId, decryptBlob } from '../../crypto/ciphertext-blob';
import type { DecryptResponse } from '../../domain/kms';
import { decideDecrypt, type DecryptRequest } from '../../domain/operations/use-key';
import type { Result } from '../../domain/result';
import { readSecrets } from '../../storage/read';
import { commit } from '../commit';
import type { EngineDeps } from '../deps';

export async function decrypt(
	deps: EngineDeps,
	request: DecryptRequest
): Promise<Result<DecryptResponse>> {
	const { cipherTextBlob, encryptionContext } = request;
	const keyId = cipherTextBlob instanceof Uint8Array ? blobKeyId(cipherTextBlob) : undefined;
	const wanted = { keyId, material: true };
	const before = await readSecrets(deps.store.db, deps.systemNowMs(), wanted);
	const refused = decideDecrypt(request, keyId, before.key);
	const plainText =
		!refused && before.material
			? await decryptBlob(before.material, cipherTextBlob, encryptionContext)
			: undefined;
	return commit(deps, { operation: 'Decrypt', request, keyId, refused }, ({ key }) => {
		const refusal = decideDecrypt(request, keyId, key, plainText !== undefined);
		if (refusal) return { refusal };
		if (keyId === undefined || !plainText) throw new Error('a blob was accepted but not opened');
		return { value: { keyId, plainText } };
	});
}
