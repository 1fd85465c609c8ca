/** Why an import was refused. What it unwraps is overwritten before it returns. */
import { fingerprintMaterial } from '../crypto/fingerprint';
import { openImportToken } from '../crypto/import-token';
import { openPrivateKey } from '../crypto/sealed-private-key';
import { unwrapKeyMaterial } from '../crypto/wrap';
import { WRAPPED_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { ImportTokenClaims } from '../domain/import-parameters';
import type { ImportKeyMaterialRequest } from '../domain/operations/import-key-material';
import { checkUpload } from '../domain/operations/requests';
import type { Refusal } from '../domain/refusals';
import { LATEST_MS, type EpochMs } from '../domain/time';
import { recognizeUpload, uploadedBytes } from '../domain/uploaded-file';
import { checkOutcomes, importCheck } from './checks';
import type { Diagnosis, Finding } from './diagnosis';
import { historyOf, isBound, nameOf, newestKeys, type DiagnosisDeps } from './evidence';
import { expiredToken, invalidToken } from './import-token';
import { whyItDoesNotOpen } from './key-pairs';
import { refusedState, unknownKey, whyThatState } from './key-state';
import { decodeTwice, lookOfMaterial, lookOfUpload } from './looks';

export async function diagnoseImport(
	deps: DiagnosisDeps,
	request: ImportKeyMaterialRequest,
	refusal: Refusal,
	nowMs: EpochMs
): Promise<Diagnosis> {
	const token = await readToken(deps, request.importToken);
	return {
		checks: checkOutcomes('ImportKeyMaterial', importCheck(request, refusal, token)),
		findings: await findings(deps, request, refusal, token, nowMs)
	};
}

async function findings(
	deps: DiagnosisDeps,
	request: ImportKeyMaterialRequest,
	refusal: Refusal,
	token: ImportTokenClaims | undefined,
	nowMs: EpochMs
): Promise<Finding[]> {
	const { db } = deps.store;
	const { keyId } = request;
	switch (refusal.code) {
		case 'InvalidParameter':
			return malformed(request);
		case 'KeyNotFound':
			return unknownKey(db, keyId, nowMs);
		case 'KeyNotExternal':
			return [{ kind: 'platformKey' }];
		case 'KeyStateInvalid': {
			const state = refusedState(refusal);
			return state ? whyThatState(db, 'ImportKeyMaterial', keyId, state, nowMs) : [];
		}
		case 'ImportTokenInvalid':
			return invalidToken(db, request, token);
		case 'ImportTokenExpired':
			return expiredToken(db, token, nowMs);
		case 'MaterialDecryptFailed':
			return doesNotOpen(deps, request, token);
		case 'MaterialLengthInvalid':
			return token ? wrongLength(deps, request, token) : [];
		case 'MaterialNotMatch':
			return token ? otherMaterial(deps, request, token) : [];
		case 'ExpireTimeInvalid': {
			const { expireAtMs, nowMs: then } = refusal.details;
			return [expiryInPast(expireAtMs, then, deps.systemNowMs())];
		}
		default:
			return [];
	}
}

async function readToken(
	{ store }: DiagnosisDeps,
	upload: unknown
): Promise<ImportTokenClaims | undefined> {
	if (checkUpload('importToken', upload)) return undefined;
	const bytes = uploadedBytes(recognizeUpload(upload as Bytes));
	return bytes && openImportToken(store.serviceKeys.token, bytes);
}

function malformed(request: ImportKeyMaterialRequest): Finding[] {
	for (const field of ['encryptedKeyMaterial', 'importToken'] as const) {
		const file = request[field] as unknown;
		if (file instanceof Uint8Array && checkUpload(field, file))
			return [{ kind: 'wrongFile', field, look: 'tooLong', bytes: file.length }];
	}
	// Date.now() in place of seconds
	const value = request.keyMaterialExpireUnix;
	if (typeof value === 'number' && value > LATEST_MS / 1000 && value <= LATEST_MS)
		return [{ kind: 'expiryInMilliseconds', expireAtMs: value }];
	return [];
}

async function doesNotOpen(
	deps: DiagnosisDeps,
	{ encryptedKeyMaterial: file }: ImportKeyMaterialRequest,
	token: ImportTokenClaims | undefined
): Promise<Finding[]> {
	const field = 'encryptedKeyMaterial';
	const wrapped = uploadedBytes(recognizeUpload(file));
	if (wrapped?.length === WRAPPED_BYTES) return token ? whyItDoesNotOpen(deps, token, wrapped) : [];
	const twice = decodeTwice(file);
	if (twice?.bytes.length !== WRAPPED_BYTES)
		return [{ kind: 'wrongFile', field, ...lookOfUpload(file) }];
	const { outer, inner, bytes } = twice;
	const within = token ? await whyItDoesNotOpen(deps, token, bytes) : [];
	// that nothing opens it is no second mistake, but doubt about the first
	const next = within.filter(({ kind }) => kind !== 'nothingOpensIt');
	return [{ kind: 'encodedTwice', field, outer, inner }, ...next].slice(0, 3) as Finding[];
}

/** PKCS#1 v1.5 sometimes opens what was wrapped in another way, to noise: then its length is not what is wrong. */
async function wrongLength(
	deps: DiagnosisDeps,
	request: ImportKeyMaterialRequest,
	token: ImportTokenClaims
): Promise<Finding[]> {
	const chance = await openedByChance(deps, request, token);
	if (chance) return chance;
	const bytes = await unwrap(deps, request, token);
	if (!bytes) return [];
	const finding = {
		kind: 'materialLooks',
		look: lookOfMaterial(bytes),
		bytes: bytes.length,
		bound: await isBound(deps.store.db, token.keyId)
	} as const;
	bytes.fill(0);
	return [finding];
}

async function openedByChance(
	deps: DiagnosisDeps,
	{ encryptedKeyMaterial }: ImportKeyMaterialRequest,
	token: ImportTokenClaims
): Promise<Finding[] | undefined> {
	if (token.wrappingAlgorithm !== 'RSAES_PKCS1_V1_5') return undefined;
	const wrapped = uploadedBytes(recognizeUpload(encryptedKeyMaterial));
	const found = wrapped && (await whyItDoesNotOpen(deps, token, wrapped));
	const isOther = found?.some(({ kind }) => kind === 'otherAlgorithm' || kind === 'otherCall');
	return isOther ? found : undefined;
}

async function otherMaterial(
	deps: DiagnosisDeps,
	request: ImportKeyMaterialRequest,
	token: ImportTokenClaims
): Promise<Finding[]> {
	const chance = await openedByChance(deps, request, token);
	if (chance) return chance;
	const { db, serviceKeys } = deps.store;
	const bytes = await unwrap(deps, request, token);
	if (!bytes) return [];
	try {
		for (const { keyId, materialFingerprint } of await newestKeys(db))
			if (
				materialFingerprint !== null &&
				keyId !== request.keyId &&
				materialFingerprint === (await fingerprintMaterial(serviceKeys.fingerprint, keyId, bytes))
			)
				return [{ kind: 'materialOfOtherKey', key: await nameOf(db, keyId) }];
	} finally {
		bytes.fill(0);
	}
	const { events } = await historyOf(db, request.keyId);
	const imports = events.filter(({ operation }) => operation === 'ImportKeyMaterial');
	return [{ kind: 'newMaterial', firstImportedAtMs: imports.at(-1)?.atMs ?? null }];
}

/** As the service did it. The caller overwrites the plaintext. */
async function unwrap(
	{ store: { db, serviceKeys } }: DiagnosisDeps,
	{ encryptedKeyMaterial }: ImportKeyMaterialRequest,
	{ parametersId, wrappingAlgorithm }: ImportTokenClaims
): Promise<Bytes | undefined> {
	const wrapped = uploadedBytes(recognizeUpload(encryptedKeyMaterial));
	const row = await db.wrappingKeys.get(parametersId);
	const privateKey = row && (await openPrivateKey(serviceKeys.sealing, parametersId, row.sealed));
	return privateKey && wrapped
		? unwrapKeyMaterial(wrappingAlgorithm, privateKey, wrapped)
		: undefined;
}

/** Before the wrapping of keys for clouds, and so no date that was meant. */
const TOO_EARLY_MS = Date.UTC(2000, 0);

function expiryInPast(expireAtMs: EpochMs, nowMs: EpochMs, systemNowMs: EpochMs): Finding {
	const probably =
		expireAtMs < TOO_EARLY_MS
			? 'wrongUnit'
			: expireAtMs > systemNowMs
				? 'realTimeForSandboxTime'
				: 'past';
	return { kind: 'expiryInPast', expireAtMs, nowMs, probably };
}
