/**
 * Whether contents are a state that the sandbox can reach, as far as that shows without opening anything secret. Shape is
 * checked before, secrets after.
 */
import { sha256HexNow } from '../crypto/sha256';
import { firstBrokenLink } from '../domain/audit-chain';
import { base64ToBytes } from '../domain/bytes';
import type { AuditEvent, Operation } from '../domain/events';
import { IMPORT_TOKEN_LIFETIME_MS } from '../domain/import-parameters';
import { LONGEST_WINDOW_DAYS, SHORTEST_WINDOW_DAYS, type KeyRecord } from '../domain/key';
import { DAY_MS, type EpochMs } from '../domain/time';
import type { CallContents, Contents, FileContents } from './contents';

export function isConsistent(contents: Contents): boolean {
	const { keys, calls, removals, events, files, clock } = contents;
	const latestMs = events.at(-1)?.atMs ?? 0;
	const successes = countSuccesses(events);
	const byId = new Map(keys.map((key) => [key.keyId, key]));
	return (
		isWholeLog(events) &&
		(clock.frozenAtMs === null || clock.frozenAtMs >= latestMs) &&
		isUnique(keys.map(({ keyId }) => keyId)) &&
		isUnique(keys.map(({ alias }) => alias).filter((alias) => alias !== null)) &&
		keys.every((key) => isPossibleKey(key, latestMs)) &&
		keys.every((key) => isRecorded(key, successes)) &&
		belongTogether(contents, byId) &&
		removals.every(({ keyId }) => successes('CreateCmk', keyId) > 0) &&
		// put off by a day at the most
		removals.every(({ removeAtMs }) => removeAtMs <= latestMs + DAY_MS) &&
		isUnique(calls.map(({ parametersId }) => parametersId)) &&
		isUnique(calls.map(({ keyId, callNumber }) => `${keyId} ${String(callNumber)}`)) &&
		calls.every((call) => isPossibleCall(call, byId.get(call.keyId), latestMs)) &&
		isUnique(files.map(({ fileId }) => fileId)) &&
		isUnique(files.map(({ name }) => name)) &&
		files.every(isWholeFile)
	);
}

function isUnique(values: readonly unknown[]): boolean {
	return new Set(values).size === values.length;
}

function isWholeLog(events: readonly AuditEvent[]): boolean {
	const forward = events.every(({ atMs }, index) => atMs >= (events[index - 1]?.atMs ?? 0));
	return forward && firstBrokenLink(events, sha256HexNow) === undefined;
}

/** @see `domain/state-table.ts` for what leads where */
function isPossibleKey(key: KeyRecord, latestMs: EpochMs): boolean {
	const { origin, state, material, materialFingerprint, deleteAtMs, createdAtMs } = key;
	if ((state === 'PENDING_DELETE') !== (deleteAtMs !== null)) return false;
	if (createdAtMs > latestMs) return false;
	if (deleteAtMs !== null && !isPossibleDeletion(deleteAtMs, createdAtMs, latestMs)) return false;
	if (material && (material.importedAtMs < createdAtMs || material.importedAtMs > latestMs))
		return false;
	const expires = material?.expiresAtMs ?? null;
	if (origin === 'KMS')
		return (
			material !== null &&
			expires === null &&
			materialFingerprint === null &&
			state !== 'PENDING_IMPORT' &&
			key.importCalls === 0
		);
	if (material && (materialFingerprint === null || (expires ?? Infinity) <= material.importedAtMs))
		return false;
	return state === 'PENDING_DELETE' || (state === 'PENDING_IMPORT') === (material === null);
}

/** Scheduled since the CMK was created and no later than the last event, so many days ahead. */
function isPossibleDeletion(deleteAtMs: EpochMs, createdAtMs: EpochMs, latestMs: EpochMs): boolean {
	return (
		deleteAtMs >= createdAtMs + SHORTEST_WINDOW_DAYS * DAY_MS &&
		deleteAtMs <= latestMs + LONGEST_WINDOW_DAYS * DAY_MS
	);
}

type Successes = (operation: Operation, keyId: string) => number;

/** How often an operation succeeded with a CMK. */
function countSuccesses(events: readonly AuditEvent[]): Successes {
	const counts = new Map<string, number>();
	for (const { operation, keyId, code } of events) {
		if (code !== 'SUCCESS' || keyId === null) continue;
		const name = `${operation} ${keyId}`;
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return (operation, keyId) => counts.get(`${operation} ${keyId}`) ?? 0;
}

/** What a record holds came by an operation, and every operation is in the log. One that was taken back leaves its event. */
function isRecorded(
	{ keyId, importCalls, materialFingerprint }: KeyRecord,
	successes: Successes
): boolean {
	return (
		successes('CreateCmk', keyId) > 0 &&
		importCalls <= successes('GetParametersForImport', keyId) &&
		(materialFingerprint === null || successes('ImportKeyMaterial', keyId) > 0)
	);
}

/** Bytes of material are there for every CMK that holds some, for bytes that wait for their removal, and for nothing else. */
function belongTogether(
	{ materials, removals }: Contents,
	byId: ReadonlyMap<string, KeyRecord>
): boolean {
	const holding = [...byId.values()].filter(({ material }) => material !== null);
	const wanted = [...holding, ...removals].map(({ keyId }) => keyId);
	const there = new Set(materials.map(({ keyId }) => keyId));
	return (
		isUnique(wanted) &&
		there.size === materials.length &&
		there.size === wanted.length &&
		wanted.every((keyId) => there.has(keyId))
	);
}

function isPossibleCall(
	call: CallContents,
	key: KeyRecord | undefined,
	latestMs: EpochMs
): boolean {
	const publicKey = base64ToBytes(call.publicKey);
	return (
		// one of origin KMS counts no calls
		key !== undefined &&
		call.callNumber <= key.importCalls &&
		call.issuedAtMs >= key.createdAtMs &&
		call.issuedAtMs <= latestMs &&
		call.expiresAtMs === call.issuedAtMs + IMPORT_TOKEN_LIFETIME_MS &&
		publicKey !== undefined &&
		call.publicKeySha256 === sha256HexNow(publicKey)
	);
}

function isWholeFile({ bytes, lengthBytes }: FileContents): boolean {
	return base64ToBytes(bytes)?.length === lengthBytes;
}
