/** What is wrong with an import token: another CMK, damage, expiry. */
import { areEqual, startsWith, type Bytes } from '../domain/bytes';
import { openImportToken } from '../crypto/import-token';
import type { ImportTokenClaims } from '../domain/import-parameters';
import type { ImportKeyMaterialRequest } from '../domain/operations/import-key-material';
import type { EpochMs } from '../domain/time';
import { readings, type Reading } from '../recognition/recognise';
import type { Finding, NamedFile } from './diagnosis';
import { gaveToken, historyOf, nameOf, openCalls, type Db, type DiagnosisDeps } from './evidence';
import { named, nameFile } from './name-file';

/** @param claims what the token contains, if it could be read */
export async function invalidToken(
	{ store }: Pick<DiagnosisDeps, 'store'>,
	{ keyId, importToken: file, encryptedKeyMaterial }: ImportKeyMaterialRequest,
	claims: ImportTokenClaims | undefined
): Promise<Finding[]> {
	const { db } = store;
	if (claims) return tokenOfOther(db, keyId, claims);
	const right = await rightToken(store, file);
	if (right) {
		const { reading, claims: inner } = right;
		const undone = { bytes: reading.bytes };
		const next = await tokenOfOther(db, keyId, inner);
		return [{ kind: 'fileIs', field: 'importToken', named: named(reading), undone }, ...next];
	}
	const name = nameFile(file);
	const swapped = isTokenLike(nameFile(encryptedKeyMaterial));
	if (name.content === 'wrapped' && swapped) return [{ kind: 'fieldsSwapped' }];
	const damaged = await damagedToken(db, keyId, file);
	if (damaged) return [damaged];
	if (isTokenLike(name)) return [{ kind: 'tokenUnknown', bytes: name.bytes ?? file.length }];
	return [{ kind: 'fileIs', field: 'importToken', named: name }];
}

const isTokenLike = ({ content }: NamedFile): boolean =>
	content === 'importToken' || content === 'damagedToken';

async function tokenOfOther(db: Db, keyId: string, claims: ImportTokenClaims): Promise<Finding[]> {
	if (claims.keyId === keyId) return [];
	const [key, callNumber] = await Promise.all([nameOf(db, claims.keyId), callNumberOf(db, claims)]);
	const deleted = (await db.keys.get(claims.keyId)) === undefined;
	return [{ kind: 'tokenOfOtherKey', key, callNumber, deleted }];
}

interface RightToken {
	readonly reading: Reading & { readonly bytes: Bytes };
	readonly claims: ImportTokenClaims;
}

/** The token of this service that a file contains. */
async function rightToken(
	{ serviceKeys }: DiagnosisDeps['store'],
	file: Bytes
): Promise<RightToken | undefined> {
	for (const reading of readings(file)) {
		const { bytes } = reading;
		const claims = bytes && (await openImportToken(serviceKeys.token, bytes));
		if (claims)
			return { reading: { ...reading, content: 'importToken', bytes: bytes.slice() }, claims };
	}
	return undefined;
}

/** Tokens have only their first bytes in common. If half of one is like another, it is that one, damaged. */
async function damagedToken(db: Db, keyId: string, file: Bytes): Promise<Finding | undefined> {
	const calls = await openCalls(db, keyId);
	const open = calls.map((call) => ({ call, runs: runsOf(call.importToken) }));
	for (const { bytes: token } of readings(file)) {
		if (!token || token.length < SHORTEST_BYTES) continue;
		const runs = runsOf(token);
		const whole = open.find((one) => likeness(runs, one.runs) >= 0.5)?.call;
		if (!whole) continue;
		const change = changeOf(token, whole.importToken);
		const key = await nameOf(db, whole.keyId);
		return {
			kind: 'tokenDamaged',
			change,
			bytes: token.length,
			callNumber: whole.callNumber,
			key
		};
	}
	return undefined;
}

const SHORTEST_BYTES = 32;

/** Every run of four bytes, at any position. */
function runsOf(bytes: Bytes): Set<number> {
	const runs = new Set<number>();
	for (let at = 0; at + 3 < bytes.length; at++)
		runs.add(new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0));
	return runs;
}

/** @returns the part of the shorter file's runs that the other file has too, from 0 to 1 */
function likeness(first: ReadonlySet<number>, second: ReadonlySet<number>): number {
	const shared = [...first].filter((run) => second.has(run)).length;
	return shared / Math.max(Math.min(first.size, second.size), 1);
}

function changeOf(
	damaged: Bytes,
	whole: Bytes
): Extract<Finding, { kind: 'tokenDamaged' }>['change'] {
	if (areEqual(withLineFeeds(damaged), withLineFeeds(whole))) return 'lineBreaks';
	if (damaged.length === whole.length) return 'altered';
	if (damaged.length < whole.length && startsWith(whole, damaged)) return 'cut';
	if (damaged.length > whole.length && startsWith(damaged, whole)) return 'longer';
	return 'otherwise';
}

const withLineFeeds = (bytes: Bytes): Bytes =>
	bytes.filter((byte, at) => byte !== 0x0d || bytes[at + 1] !== 0x0a);

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

/** The rows of expired calls are removed. The log still has their public keys. */
async function callNumberOf(db: Db, claims: ImportTokenClaims): Promise<number | null> {
	const row = await db.importParameters.get(claims.parametersId);
	if (row) return row.callNumber;
	const { events } = await historyOf(db, claims.keyId);
	const calls = events.filter(({ operation }) => operation === 'GetParametersForImport').reverse();
	// calls can be counted only if the log has all of them
	if (events.at(-1)?.operation !== 'CreateCmk') return null;
	const at = calls.findIndex((event) => gaveToken(event, claims));
	return at < 0 ? null : at + 1;
}
