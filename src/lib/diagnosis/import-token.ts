/** What is wrong with a token: whose it is, what became of it, since when it is over. */
import { startsWith, type Bytes } from '../domain/bytes';
import { IMPORT_TOKEN_MAGIC, type ImportTokenClaims } from '../domain/import-parameters';
import type { ImportKeyMaterialRequest } from '../domain/operations/import-key-material';
import type { EpochMs } from '../domain/time';
import { recognizeUpload, uploadedBytes } from '../domain/uploaded-file';
import type { Finding } from './diagnosis';
import { gaveToken, historyOf, nameOf, openCalls, type DiagnosisDeps } from './evidence';
import { decodeTwice, lookOfUpload } from './looks';

type Db = DiagnosisDeps['store']['db'];

/** @param claims what the token says, if it could be opened */
export async function invalidToken(
	db: Db,
	request: ImportKeyMaterialRequest,
	claims: ImportTokenClaims | undefined
): Promise<Finding[]> {
	const { keyId, importToken, encryptedKeyMaterial } = request;
	if (claims) {
		if (claims.keyId === keyId) return [];
		const [key, callNumber] = await Promise.all([
			nameOf(db, claims.keyId),
			callNumberOf(db, claims)
		]);
		const deleted = (await db.keys.get(claims.keyId)) === undefined;
		return [{ kind: 'tokenOfOtherKey', key, callNumber, deleted }];
	}
	const { look, bytes } = lookOfUpload(importToken);
	const isSwapped = lookOfUpload(encryptedKeyMaterial).look === 'importToken';
	if (look === 'wrapped' && isSwapped) return [{ kind: 'fieldsSwapped' }];
	const decoded = uploadedBytes(recognizeUpload(importToken));
	if (decoded && startsWith(decoded, IMPORT_TOKEN_MAGIC)) return notAsItWas(db, keyId, decoded);
	const twice = decodeTwice(importToken);
	if (twice && startsWith(twice.bytes, IMPORT_TOKEN_MAGIC)) {
		const { outer, inner } = twice;
		return [{ kind: 'encodedTwice', field: 'importToken', outer, inner }];
	}
	const damaged = decoded && (await likeAnOpenOne(db, keyId, decoded));
	if (damaged) return [damaged];
	return [{ kind: 'wrongFile', field: 'importToken', look, bytes }];
}

async function notAsItWas(db: Db, keyId: string, token: Bytes): Promise<Finding[]> {
	const damaged = await likeAnOpenOne(db, keyId, token);
	return [damaged ?? { kind: 'tokenUnknown', bytes: token.length }];
}

/** Two tokens share nothing but their first bytes, so one that is half like another is that one, damaged. */
async function likeAnOpenOne(db: Db, keyId: string, token: Bytes): Promise<Finding | undefined> {
	for (const call of await openCalls(db, keyId)) {
		const { importToken, callNumber } = call;
		const shorter = Math.min(token.length, importToken.length);
		let same = 0;
		for (let at = 0; at < shorter; at++) if (token[at] === importToken[at]) same++;
		if (shorter < 32 || same < shorter / 2) continue;
		const change =
			token.length < importToken.length
				? 'cut'
				: token.length > importToken.length
					? 'longer'
					: 'altered';
		const key = await nameOf(db, call.keyId);
		return { kind: 'tokenDamaged', change, bytes: token.length, callNumber, key };
	}
	return undefined;
}

export async function expiredToken(
	db: Db,
	claims: ImportTokenClaims | undefined,
	nowMs: EpochMs
): Promise<Finding[]> {
	if (!claims || claims.expiresAtMs > nowMs) return [];
	const { issuedAtMs, expiresAtMs } = claims;
	return [
		{
			kind: 'tokenExpired',
			callNumber: await callNumberOf(db, claims),
			issuedAtMs,
			expiredAtMs: expiresAtMs,
			lateByMs: nowMs - expiresAtMs
		}
	];
}

/** The rows of calls that are over are removed; the log still knows their public keys. */
async function callNumberOf(db: Db, claims: ImportTokenClaims): Promise<number | null> {
	const row = await db.importParameters.get(claims.parametersId);
	if (row) return row.callNumber;
	const { events } = await historyOf(db, claims.keyId);
	const calls = events.filter(({ operation }) => operation === 'GetParametersForImport').reverse();
	// only a log that is known from its beginning can be counted
	if (events.at(-1)?.operation !== 'CreateCmk') return null;
	const at = calls.findIndex((event) => gaveToken(event, claims));
	return at < 0 ? null : at + 1;
}
