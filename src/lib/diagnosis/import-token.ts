/** What is wrong with a token: whose it is, what became of it, since when it is over. */
import { startsWith, type Bytes } from '../domain/bytes';
import { openImportToken } from '../crypto/import-token';
import type { ImportTokenClaims } from '../domain/import-parameters';
import type { ImportKeyMaterialRequest } from '../domain/operations/import-key-material';
import type { EpochMs } from '../domain/time';
import { readings, type Reading } from '../recognition/recognise';
import type { Finding, NamedFile } from './diagnosis';
import { gaveToken, historyOf, nameOf, openCalls, type DiagnosisDeps } from './evidence';
import { named, nameFile } from './name-file';

type Db = DiagnosisDeps['store']['db'];

/** @param claims what the token says, if it could be opened */
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
		const undone = reading.bytes;
		const name = named(reading);
		const next = inner.keyId === keyId ? [] : await tokenOfOther(db, keyId, inner);
		return [
			{ kind: 'fileIs', field: 'importToken', named: name, fileBytes: file.length, undone },
			...next
		];
	}
	const name = nameFile(file);
	const swapped = isTokenLike(nameFile(encryptedKeyMaterial));
	if (name.content === 'wrapped' && swapped) return [{ kind: 'fieldsSwapped' }];
	for (const { bytes } of readings(file)) {
		const damaged = bytes && (await likeAnOpenOne(db, keyId, bytes));
		if (damaged) return [damaged];
	}
	if (isTokenLike(name)) return [{ kind: 'tokenUnknown', bytes: name.bytes ?? file.length }];
	return [{ kind: 'fileIs', field: 'importToken', named: name, fileBytes: file.length }];
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

/** Whether what stands in the middle of a file is a token as this service made it. */
async function rightToken(
	{ serviceKeys }: DiagnosisDeps['store'],
	file: Bytes
): Promise<RightToken | undefined> {
	for (const reading of readings(file)) {
		const { bytes } = reading;
		const claims = bytes && (await openImportToken(serviceKeys.token, bytes));
		if (claims) return { reading: { ...reading, content: 'importToken', bytes }, claims };
	}
	return undefined;
}

/** Two tokens share nothing but their first bytes, so one that is half like another is that one, damaged. */
async function likeAnOpenOne(db: Db, keyId: string, token: Bytes): Promise<Finding | undefined> {
	if (token.length < SHORTEST_BYTES) return undefined;
	for (const call of await openCalls(db, keyId)) {
		const { importToken, callNumber } = call;
		if (likeness(token, importToken) < 0.5) continue;
		const key = await nameOf(db, call.keyId);
		const change = changeOf(token, importToken);
		return { kind: 'tokenDamaged', change, bytes: token.length, callNumber, key };
	}
	return undefined;
}

const SHORTEST_BYTES = 32;

/** @returns which part of the shorter file's runs of four bytes the other has too, wherever they stand */
function likeness(a: Bytes, b: Bytes): number {
	const runsOf = (bytes: Bytes) => {
		const runs = new Set<number>();
		for (let at = 0; at + 3 < bytes.length; at++)
			runs.add(new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0));
		return runs;
	};
	const [first, second] = [runsOf(a), runsOf(b)];
	const shared = [...first].filter((run) => second.has(run)).length;
	return shared / Math.max(Math.min(first.size, second.size), 1);
}

function changeOf(
	damaged: Bytes,
	whole: Bytes
): Extract<Finding, { kind: 'tokenDamaged' }>['change'] {
	if (isSame(withLineFeeds(damaged), withLineFeeds(whole))) return 'lineBreaks';
	if (damaged.length === whole.length) return 'altered';
	if (damaged.length < whole.length && startsWith(whole, damaged)) return 'cut';
	if (damaged.length > whole.length && startsWith(damaged, whole)) return 'longer';
	return 'otherwise';
}

const isSame = (a: Bytes, b: Bytes): boolean => a.length === b.length && startsWith(a, b);

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
