/**
 * ImportKeyMaterial: opens the token, unwraps with that call's private key and algorithm, and keeps the material only as
 * a non-extractable key. The plaintext bytes are overwritten before this returns, whatever the outcome.
 */
import { fingerprintMaterial } from '../../crypto/fingerprint';
import { openImportToken } from '../../crypto/import-token';
import { keepMaterial, type KeptMaterial } from '../../crypto/material-key';
import { openPrivateKey } from '../../crypto/sealed-private-key';
import { unwrapKeyMaterial } from '../../crypto/wrap';
import { MATERIAL_BYTES } from '../../domain/algorithms';
import type { Bytes } from '../../domain/bytes';
import type { ImportTokenClaims } from '../../domain/import-parameters';
import {
	decideImportKeyMaterial,
	type ImportDecision,
	type ImportKeyMaterialRequest,
	type UnwrapOutcome
} from '../../domain/operations/import-key-material';
import { checkUpload } from '../../domain/operations/requests';
import type { Result } from '../../domain/result';
import { recognizeUpload, uploadedBytes } from '../../domain/uploaded-file';
import { readSecrets } from '../../storage/read';
import { commit, wellFormed } from '../commit';
import type { EngineDeps } from '../deps';

interface Unwrapped {
	readonly outcome: UnwrapOutcome;
	/** Only when the bytes were as long as material has to be. */
	readonly material?: KeptMaterial;
}

export async function importKeyMaterial(
	deps: EngineDeps,
	request: ImportKeyMaterialRequest
): Promise<Result<{ readonly requestId: string }>> {
	const { keyId } = request;
	const token = await readToken(deps, request.importToken);
	const wanted = { keyId: wellFormed(keyId), parametersId: token?.parametersId };
	const before = await readSecrets(deps.store.db, deps.systemNowMs(), wanted);
	const first = decideImportKeyMaterial(
		request,
		{ key: before.key, token, settings: before.settings },
		before.nowMs
	);
	const unwrapped = first.ok
		? await unwrap(deps, keyId, first.value, before.sealedPrivateKey)
		: undefined;
	const attempt = {
		operation: 'ImportKeyMaterial',
		request,
		keyId,
		refused: first.ok ? undefined : first.refusal
	} as const;
	return commit(deps, attempt, ({ key, settings }, nowMs) => {
		if (!unwrapped) throw new Error('the material was neither refused nor unwrapped');
		const facts = { key, token, settings, outcome: unwrapped.outcome };
		const decision = decideImportKeyMaterial(request, facts, nowMs);
		if (!decision.ok) return decision;
		if (decision.value.next !== 'commit' || !unwrapped.material)
			throw new Error('an import was accepted without material');
		// Where the CMK holds material already these are the same bytes: only the record changes.
		const { material } = unwrapped;
		return {
			value: {},
			changes: { key: decision.value.key, ...(key?.material ? {} : { material }) }
		};
	});
}

async function readToken(deps: EngineDeps, upload: Bytes): Promise<ImportTokenClaims | undefined> {
	if (checkUpload('importToken', upload)) return undefined;
	const bytes = uploadedBytes(recognizeUpload(upload));
	return bytes && openImportToken(deps.store.serviceKeys.token, bytes);
}

async function unwrap(
	deps: EngineDeps,
	keyId: string,
	decision: ImportDecision,
	sealedPrivateKey: Bytes | undefined
): Promise<Unwrapped | undefined> {
	if (decision.next !== 'unwrap') return undefined;
	const { parametersId, algorithm, wrapped } = decision;
	const { sealing, fingerprint: fingerprintKey } = deps.store.serviceKeys;
	const privateKey =
		sealedPrivateKey && (await openPrivateKey(sealing, parametersId, sealedPrivateKey));
	const bytes = privateKey && (await unwrapKeyMaterial(algorithm, privateKey, wrapped));
	if (!bytes) return { outcome: { unwrapped: false } };
	try {
		const lengthBytes = bytes.length;
		const fingerprint = await fingerprintMaterial(fingerprintKey, keyId, bytes);
		const outcome = { unwrapped: true, lengthBytes, fingerprint } as const;
		if (lengthBytes !== MATERIAL_BYTES) return { outcome };
		return { outcome, material: await keepMaterial(sealing, keyId, bytes) };
	} finally {
		bytes.fill(0);
	}
}
