/**
 * GetParametersForImport: a new wrapping key pair and a new import token for each call; several calls may be open at
 * once. The private key is kept sealed until the parameters expire.
 *
 * Simplified: a real service keeps the private key in hardware. The sandbox needs its numbers, for RSAES-PKCS1-v1_5 (which
 * WebCrypto cannot undo) and to explain an unwrap that failed.
 */
import { sha256Hex } from '../../crypto/fingerprint';
import { sealImportToken } from '../../crypto/import-token';
import { sealPrivateKey } from '../../crypto/sealed-private-key';
import type { WrappingAlgorithm } from '../../domain/algorithms';
import { IMPORT_TOKEN_LIFETIME_MS } from '../../domain/import-parameters';
import type { GetParametersForImportResponse } from '../../domain/kms';
import {
	decideGetParametersForImport,
	type GetParametersForImportRequest
} from '../../domain/operations/get-parameters-for-import';
import type { Result } from '../../domain/result';
import { epochMsToServiceTime, type EpochMs } from '../../domain/time';
import { readSecrets } from '../../storage/read';
import { commit, wellFormed } from '../commit';
import type { EngineDeps } from '../deps';

export async function getParametersForImport(
	deps: EngineDeps,
	request: GetParametersForImportRequest
): Promise<Result<GetParametersForImportResponse>> {
	const { keyId } = request;
	const wanted = { keyId: wellFormed(keyId) };
	const before = await readSecrets(deps.store.db, deps.systemNowMs(), wanted);
	const first = decideGetParametersForImport(request, before.key);
	const made = first.ok ? await makeParameters(deps, keyId, first.value, before.nowMs) : undefined;
	const attempt = {
		operation: 'GetParametersForImport',
		request,
		keyId,
		refused: first.ok ? undefined : first.refusal
	} as const;
	return commit(deps, attempt, ({ key }) => {
		const decision = decideGetParametersForImport(request, key);
		if (!decision.ok) return decision;
		if (!key || !made) throw new Error('import parameters were neither refused nor made');
		const callNumber = key.importCalls + 1;
		const { sealedPrivateKey, ...record } = made;
		return {
			value: {
				keyId,
				parametersId: record.parametersId,
				publicKey: record.publicKey,
				importToken: record.importToken,
				tokenExpireTime: epochMsToServiceTime(record.expiresAtMs)
			},
			changes: {
				key: { ...key, importCalls: callNumber },
				parameters: { record: { ...record, callNumber }, sealedPrivateKey }
			}
		};
	});
}

async function makeParameters(
	deps: EngineDeps,
	keyId: string,
	wrappingAlgorithm: WrappingAlgorithm,
	issuedAtMs: EpochMs
) {
	const { publicKey, privateKey } = await deps.keyPairs.take();
	const { token, sealing } = deps.store.serviceKeys;
	const claims = {
		parametersId: deps.newId(),
		keyId,
		wrappingAlgorithm,
		publicKeySha256: await sha256Hex(publicKey),
		issuedAtMs,
		expiresAtMs: issuedAtMs + IMPORT_TOKEN_LIFETIME_MS
	};
	return {
		...claims,
		publicKey,
		importToken: await sealImportToken(token, claims),
		sealedPrivateKey: await sealPrivateKey(sealing, claims.parametersId, privateKey)
	};
}
