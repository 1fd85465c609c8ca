/**
 * ImportKeyMaterial: the pure decision.
 *
 * Order (domain.md 1.8, our decision): shape of the request, key exists, origin external, state, token decodes, token belongs to
 * this CMK, token not expired, file decodes to bytes, length is 256, unwrap, 32 bytes, equals the bound material,
 * expiry in the future, commit. A refusal changes nothing.
 */
import { MATERIAL_BYTES, WRAPPED_BYTES, type WrappingAlgorithm } from '../algorithms';
import type { Bytes } from '../bytes';
import { isTokenExpired, type ImportTokenClaims } from '../import-parameters';
import type { KeyRecord } from '../key';
import {
	expireTimeInvalid,
	importTokenExpired,
	importTokenInvalid,
	keyNotExternal,
	keyNotFound,
	materialDecryptFailed,
	materialLengthInvalid,
	materialNotMatch,
	type Refusal
} from '../refusals';
import { ok, refuse, type Result } from '../result';
import type { SandboxSettings } from '../settings';
import { stateAfter, stateRefusal } from '../state-table';
import type { EpochMs } from '../time';
import { recognizeUpload, uploadedBytes } from '../uploaded-file';
import { checkExpireUnix, checkKeyId, checkUpload, firstRefusal } from './requests';

export interface ImportKeyMaterialRequest {
	readonly keyId: string;
	/** The uploaded file: 256 RSA-encrypted bytes as hexadecimal text, base64 or raw. */
	readonly encryptedKeyMaterial: Bytes;
	/** The uploaded file: the token as hexadecimal text, base64 or raw. */
	readonly importToken: Bytes;
	/** Whole seconds since 1970; 0 or absent means never (domain.md 1.7). */
	readonly keyMaterialExpireUnix?: number;
}

/** What unwrapping found. The material itself never enters a decision. */
export type UnwrapOutcome =
	| { readonly unwrapped: false }
	| { readonly unwrapped: true; readonly lengthBytes: number; readonly fingerprint: string };

export interface ImportFacts {
	/** Settled at the instant of the decision. */
	readonly key: KeyRecord | undefined;
	/** What the token says, or undefined when it could not be opened. */
	readonly token: ImportTokenClaims | undefined;
	readonly settings: Pick<SandboxSettings, 'reimport'>;
	/** Absent while nothing was unwrapped yet. */
	readonly outcome?: UnwrapOutcome;
}

export type ImportDecision =
	| {
			readonly next: 'unwrap';
			readonly parametersId: string;
			readonly algorithm: WrappingAlgorithm;
			readonly wrapped: Bytes;
	  }
	| { readonly next: 'commit'; readonly key: KeyRecord };

/** Asked twice: without an outcome it says what to unwrap, with one it refuses or gives the record to commit. */
export function decideImportKeyMaterial(
	request: ImportKeyMaterialRequest,
	{ key, token, settings, outcome }: ImportFacts,
	nowMs: EpochMs
): Result<ImportDecision> {
	const malformed = firstRefusal(
		checkKeyId(request.keyId),
		checkUpload('encryptedKeyMaterial', request.encryptedKeyMaterial),
		checkUpload('importToken', request.importToken),
		checkExpireUnix(request.keyMaterialExpireUnix)
	);
	if (malformed) return refuse(malformed);
	if (!key) return refuse(keyNotFound(request.keyId));
	if (key.origin !== 'EXTERNAL') return refuse(keyNotExternal(key.origin));
	const state = stateRefusal('ImportKeyMaterial', key.state, settings);
	if (state) return refuse(state);
	if (token?.keyId !== key.keyId) return refuse(importTokenInvalid());
	if (isTokenExpired(token, nowMs)) return refuse(importTokenExpired(token.expiresAtMs));
	const wrapped = uploadedBytes(recognizeUpload(request.encryptedKeyMaterial));
	if (wrapped?.length !== WRAPPED_BYTES) return refuse(materialDecryptFailed());
	if (!outcome) {
		const { parametersId, wrappingAlgorithm: algorithm } = token;
		return ok({ next: 'unwrap', parametersId, algorithm, wrapped });
	}
	const material = materialRefusal(key, outcome);
	if (material) return refuse(material);
	const expiresAtMs = (request.keyMaterialExpireUnix ?? 0) * 1000 || null;
	if (expiresAtMs !== null && expiresAtMs <= nowMs)
		return refuse(expireTimeInvalid(expiresAtMs, nowMs));
	return ok({ next: 'commit', key: withMaterial(key, outcome, expiresAtMs, nowMs) });
}

function materialRefusal(key: KeyRecord, outcome: UnwrapOutcome): Refusal | undefined {
	if (!outcome.unwrapped) return materialDecryptFailed();
	if (outcome.lengthBytes !== MATERIAL_BYTES)
		return materialLengthInvalid(MATERIAL_BYTES, outcome.lengthBytes);
	const bound = key.materialFingerprint;
	return bound !== null && bound !== outcome.fingerprint ? materialNotMatch() : undefined;
}

function withMaterial(
	key: KeyRecord,
	outcome: UnwrapOutcome,
	expiresAtMs: EpochMs | null,
	nowMs: EpochMs
): KeyRecord {
	return {
		...key,
		state: stateAfter('ImportKeyMaterial', key.state, true),
		material: { importedAtMs: nowMs, expiresAtMs },
		materialFingerprint: outcome.unwrapped ? outcome.fingerprint : key.materialFingerprint
	};
}
