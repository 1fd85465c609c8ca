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
import type { WrappingKeyPair } from '../../crypto/wrapping-key-pair';
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
import { commit, wellFormed, type Attempt } from '../commit';
import type { EngineDeps } from '../deps';

/** Sealing takes milliseconds. Where sandbox time went farther meanwhile, the clock was moved or the machine slept. */
const LONGEST_SEALING_MS = 60_000;
const MOST_SEALINGS = 3;

/** The clock of the transaction is not the one by which the token was issued. */
class ClockMovedError extends Error {
	override readonly name = 'ClockMovedError';
}

export async function getParametersForImport(
	deps: EngineDeps,
	request: GetParametersForImportRequest
): Promise<Result<GetParametersForImportResponse>> {
	const { keyId } = request;
	const attempt = { operation: 'GetParametersForImport', request, keyId } as const;
	const wanted = { keyId: wellFormed(keyId) };
	const read = () => readSecrets(deps.store.db, deps.systemNowMs(), wanted);
	const first = decideGetParametersForImport(request, (await read()).key);
	if (!first.ok) return commit(deps, { ...attempt, refused: first.refusal }, () => first);
	// it may take seconds: the token is issued afterwards
	const keyPair = await deps.keyPairs.take();
	for (let sealings = 1; ; sealings++) {
		const { nowMs } = await read();
		const made = await makeParameters(deps, keyId, first.value, keyPair, nowMs);
		try {
			return await commitParameters(deps, attempt, made);
		} catch (error) {
			if (!(error instanceof ClockMovedError) || sealings === MOST_SEALINGS) throw error;
		}
	}
}

/** @throws {ClockMovedError} nothing was recorded */
function commitParameters(
	deps: EngineDeps,
	attempt: Attempt & { readonly request: GetParametersForImportRequest },
	{ sealedPrivateKey, ...record }: Made
): Promise<Result<GetParametersForImportResponse>> {
	const { keyId, issuedAtMs } = record;
	return commit(deps, attempt, ({ key }, nowMs) => {
		const decision = decideGetParametersForImport(attempt.request, key);
		if (!decision.ok) return decision;
		if (!key) throw new Error('import parameters were not refused');
		if (nowMs < issuedAtMs || nowMs > issuedAtMs + LONGEST_SEALING_MS) throw new ClockMovedError();
		const callNumber = key.importCalls + 1;
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

type Made = Awaited<ReturnType<typeof makeParameters>>;

async function makeParameters(
	deps: EngineDeps,
	keyId: string,
	wrappingAlgorithm: WrappingAlgorithm,
	{ publicKey, privateKey }: WrappingKeyPair,
	issuedAtMs: EpochMs
) {
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
