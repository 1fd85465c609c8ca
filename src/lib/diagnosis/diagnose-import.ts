/** Why an import was refused. */
import { fingerprintMaterial } from '../crypto/fingerprint';
import { openImportToken } from '../crypto/import-token';
import { openPrivateKey } from '../crypto/sealed-private-key';
import { WRAPPED_BYTES } from '../domain/algorithms';
import type { Bytes } from '../domain/bytes';
import type { ImportTokenClaims } from '../domain/import-parameters';
import type { ImportKeyMaterialRequest } from '../domain/operations/import-key-material';
import { checkUpload } from '../domain/operations/requests';
import type { Refusal } from '../domain/refusals';
import { LATEST_MS, type EpochMs } from '../domain/time';
import { recognizeUpload, uploadedBytes } from '../domain/uploaded-file';
import { ciphertextCandidates, type Candidate } from '../recognition/repairs';
import { unlessStopped } from './bounds';
import { checkOutcomes, importCheck } from './checks';
import type { Diagnosis, Finding } from './diagnosis';
import { firstFingerprint, historyOf, nameOf, newestKeys, type Search } from './evidence';
import { expiredToken, invalidToken } from './import-token';
import { whyItDoesNotOpen, type WhyNot } from './key-pairs';
import { refusedState, unknownKey, whyThatState } from './key-state';
import { firstMaterial, nameMaterial } from './key-material';
import { nameFile, withoutText } from './name-file';

export async function diagnoseImport(
	search: Search,
	request: ImportKeyMaterialRequest,
	refusal: Refusal,
	nowMs: EpochMs
): Promise<Diagnosis> {
	const token = await readToken(search, request.importToken);
	return unlessStopped(
		checkOutcomes('ImportKeyMaterial', importCheck(request, refusal, token)),
		findings(search, request, refusal, token, nowMs)
	);
}

async function findings(
	search: Search,
	request: ImportKeyMaterialRequest,
	refusal: Refusal,
	token: ImportTokenClaims | undefined,
	nowMs: EpochMs
): Promise<Finding[]> {
	const { db } = search.store;
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
			return invalidToken(search, request, token);
		case 'ImportTokenExpired':
			return expiredToken(db, token, nowMs);
		case 'MaterialDecryptFailed':
			return doesNotOpen(search, request, token);
		case 'MaterialLengthInvalid':
			return token ? wrongLength(search, request, token) : [];
		case 'MaterialNotMatch':
			return token ? otherMaterial(search, request, token) : [];
		case 'ExpireTimeInvalid': {
			const { expireAtMs, nowMs: then } = refusal.details;
			return [expiryInPast(expireAtMs, then, search.systemNowMs())];
		}
		default:
			return [];
	}
}

async function readToken(
	{ store }: Search,
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
			return [{ kind: 'tooLarge', field }];
	}
	// Date.now() in place of seconds
	const value = request.keyMaterialExpireUnix;
	if (typeof value === 'number' && value > LATEST_MS / 1000 && value <= LATEST_MS)
		return [{ kind: 'expiryInMilliseconds', expireAtMs: value }];
	return [];
}

const FIELD = 'encryptedKeyMaterial';
/** More than three mistakes at once are not explained at once. */
const MOST_FINDINGS = 3;

async function doesNotOpen(
	search: Search,
	{ encryptedKeyMaterial: file }: ImportKeyMaterialRequest,
	token: ImportTokenClaims | undefined
): Promise<Finding[]> {
	const asRead = uploadedBytes(recognizeUpload(file));
	const candidates = ciphertextCandidates(file, asRead);
	const { findings, ...opened } = await openAs(search, token, candidates);
	if (opened.candidate) return [...undone(opened), ...findings].slice(0, MOST_FINDINGS);
	const isCiphertext = asRead?.length === WRAPPED_BYTES;
	const name = nameFile(file);
	const isPlain = isCiphertext && name.content === 'wrapped';
	const fileIs = { kind: 'fileIs', field: FIELD, named: name } as const;
	if (isPlain) return [...findings];
	// a file of another kind is explained by that
	return name.content === 'wrapped' ? [fileIs, ...findings] : [fileIs];
}

async function openAs(
	search: Search,
	token: ImportTokenClaims | undefined,
	candidates: readonly Candidate[]
): Promise<WhyNot> {
	return token && candidates.length > 0
		? whyItDoesNotOpen(search, token, candidates)
		: { findings: [] };
}

/** What had to be taken off a file before it opened. Its bytes are offered only where that is proved. */
function undone({ candidate, evidence, callNumber }: Omit<WhyNot, 'findings'>): Finding[] {
	if (!candidate || candidate.layers.length === 0) return [];
	const { layers, bytes } = candidate;
	const named = { layers: withoutText(layers), content: 'wrapped', bytes: bytes.length } as const;
	const call = callNumber === undefined ? {} : { callNumber };
	const right = evidence === 'proof' ? { undone: bytes, ...call } : {};
	return [{ kind: 'fileIs', field: FIELD, named, ...right }];
}

/** PKCS#1 v1.5 sometimes opens what was wrapped in another way, to noise: then its length is not what is wrong. */
async function wrongLength(
	search: Search,
	request: ImportKeyMaterialRequest,
	token: ImportTokenClaims
): Promise<Finding[]> {
	const chance = await openedByChance(search, request, token);
	if (chance) return chance;
	const bytes = await unwrap(search, request, token);
	return bytes ? [await nameMaterial(search, token.keyId, bytes)] : [];
}

async function openedByChance(
	search: Search,
	{ encryptedKeyMaterial }: ImportKeyMaterialRequest,
	token: ImportTokenClaims
): Promise<Finding[] | undefined> {
	if (token.wrappingAlgorithm !== 'RSAES_PKCS1_V1_5') return undefined;
	const asRead = uploadedBytes(recognizeUpload(encryptedKeyMaterial));
	if (!asRead) return undefined;
	const candidates = ciphertextCandidates(encryptedKeyMaterial, asRead);
	const { findings, ...opened } = await whyItDoesNotOpen(search, token, candidates);
	const isOther = findings.some(({ kind }) => kind === 'otherAlgorithm' || kind === 'otherCall');
	if (!opened.candidate || (!isOther && opened.candidate.layers.length === 0)) return undefined;
	return [...undone(opened), ...findings].slice(0, MOST_FINDINGS);
}

async function otherMaterial(
	search: Search,
	request: ImportKeyMaterialRequest,
	token: ImportTokenClaims
): Promise<Finding[]> {
	const chance = await openedByChance(search, request, token);
	if (chance) return chance;
	const { db, serviceKeys } = search.store;
	const bytes = await unwrap(search, request, token);
	if (!bytes) return [];
	const fingerprint = await firstFingerprint(db, request.keyId);
	if (fingerprint !== null && (await firstMaterial(search, request.keyId, bytes, fingerprint)))
		return [await nameMaterial(search, request.keyId, bytes)];
	for (const { keyId, materialFingerprint } of await newestKeys(db))
		if (
			materialFingerprint !== null &&
			keyId !== request.keyId &&
			materialFingerprint === (await fingerprintMaterial(serviceKeys.fingerprint, keyId, bytes))
		)
			return [{ kind: 'materialOfOtherKey', key: await nameOf(db, keyId) }];
	const { events } = await historyOf(db, request.keyId);
	const imports = events.filter(({ operation }) => operation === 'ImportKeyMaterial');
	return [{ kind: 'newMaterial', firstImportedAtMs: imports.at(-1)?.atMs ?? null }];
}

/** As the service did it. */
async function unwrap(
	{ plaintexts, store: { db, serviceKeys } }: Search,
	{ encryptedKeyMaterial }: ImportKeyMaterialRequest,
	{ parametersId, wrappingAlgorithm }: ImportTokenClaims
): Promise<Bytes | undefined> {
	const wrapped = uploadedBytes(recognizeUpload(encryptedKeyMaterial));
	const row = await db.wrappingKeys.get(parametersId);
	const privateKey = row && (await openPrivateKey(serviceKeys.sealing, parametersId, row.sealed));
	return privateKey && wrapped
		? plaintexts.unwrap(wrappingAlgorithm, privateKey, wrapped)
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
