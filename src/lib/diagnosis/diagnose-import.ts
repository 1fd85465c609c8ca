/** Why an import was refused. */
import { openImportToken } from '../crypto/import-token';
import { MATERIAL_BYTES, WRAPPED_BYTES } from '../domain/algorithms';
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
import type { Search } from './evidence';
import { expiredToken, invalidToken } from './import-token';
import { whatWasDecrypted, whyItDoesNotOpen, type WhyNot } from './key-pairs';
import { nameMaterial, whoseMaterial } from './key-material';
import { whyNotThisKey } from './key-state';
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
	switch (refusal.code) {
		case 'InvalidParameter':
			return malformed(request);
		case 'ImportTokenInvalid':
			return invalidToken(search, request, token);
		case 'ImportTokenExpired':
			return expiredToken(db, token, nowMs);
		case 'MaterialDecryptFailed':
			return doesNotOpen(search, request, token);
		case 'MaterialLengthInvalid':
		case 'MaterialNotMatch':
			return token ? wrongMaterial(search, request, token) : [];
		case 'ExpireTimeInvalid': {
			const { expireAtMs, nowMs: then } = refusal.details;
			return [expiryInPast(expireAtMs, then, search.systemNowMs())];
		}
		default:
			return (await whyNotThisKey(db, 'ImportKeyMaterial', request.keyId, refusal, nowMs)) ?? [];
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
	// Date.now() instead of seconds
	const value = request.keyMaterialExpireUnix;
	if (typeof value === 'number' && value > LATEST_MS / 1000 && value <= LATEST_MS)
		return [{ kind: 'expiryInMilliseconds', expireAtMs: value }];
	return [];
}

const FIELD = 'encryptedKeyMaterial';
/** Further mistakes are found after these are fixed. */
const MOST_FINDINGS = 3;

async function doesNotOpen(
	search: Search,
	{ encryptedKeyMaterial: file }: ImportKeyMaterialRequest,
	token: ImportTokenClaims | undefined
): Promise<Finding[]> {
	const asRead = uploadedBytes(recognizeUpload(file));
	const candidates = ciphertextCandidates(file, asRead);
	const { findings, opened } = await openAs(search, token, candidates);
	if (opened) return [...undone(opened), ...findings].slice(0, MOST_FINDINGS);
	const named = nameFile(file);
	const fileIs = { kind: 'fileIs', field: FIELD, named } as const;
	// a file of another kind is explained by that
	if (named.content !== 'wrapped') return [fileIs];
	const isExpected = asRead?.length === WRAPPED_BYTES;
	return isExpected ? [...findings] : [fileIs, ...findings];
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

/** What had to be undone before a file could be decrypted. Its bytes are offered only where that is proved. */
function undone({ candidate, evidence, callNumber }: NonNullable<WhyNot['opened']>): Finding[] {
	const { layers, bytes } = candidate;
	if (layers.length === 0) return [];
	const named = { layers: withoutText(layers), content: 'wrapped', bytes: bytes.length } as const;
	const right = evidence === 'proof' ? { undone: { bytes, callNumber } } : {};
	return [{ kind: 'fileIs', field: FIELD, named, ...right }];
}

/** The service decrypted the file, but not to the 32 bytes of the first key material. */
async function wrongMaterial(
	search: Search,
	{ keyId, encryptedKeyMaterial }: ImportKeyMaterialRequest,
	token: ImportTokenClaims
): Promise<Finding[]> {
	const bytes = uploadedBytes(recognizeUpload(encryptedKeyMaterial));
	const decrypted = bytes && (await whatWasDecrypted(search, token, bytes));
	if (!decrypted) return [];
	if ('findings' in decrypted) return [...decrypted.findings];
	const { plaintext, evidence } = decrypted;
	const named = { ...(await nameMaterial(search, keyId, plaintext)), evidence };
	if (plaintext.length !== MATERIAL_BYTES || named.first.is === 'same') return [named];
	// no fingerprint now: the first import was undone after the refusal
	return named.first.is === 'notSet' ? [] : [await whoseMaterial(search, keyId, plaintext)];
}

/** Earlier than any service that imports keys: a date before this comes from a number in another unit. */
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
