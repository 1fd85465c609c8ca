/**
 * Checks whether contents are a state that the sandbox can reach, without decrypting secrets. The shape is checked before,
 * the secrets after this.
 */
import { sha256HexNow } from '../crypto/sha256';
import { CHAIN_START, chainHash } from '../domain/audit-chain';
import { base64ToBytes } from '../domain/bytes';
import type { AuditEvent, Operation } from '../domain/events';
import { IMPORT_TOKEN_LIFETIME_MS } from '../domain/import-parameters';
import { LONGEST_WINDOW_DAYS, SHORTEST_WINDOW_DAYS, type KeyRecord } from '../domain/key';
import { DAY_MS, type EpochMs } from '../domain/time';
import type { CallContents, Contents, FileContents } from './contents';
import type { Work } from './work';

/** The number of events checked in one step. */
const EVENTS_OF_A_STEP = 200;

/** @returns the place of the first impossible part, such as `keys[3]`; undefined if all parts are possible */
export async function findInconsistency(
	contents: Contents,
	work: Work
): Promise<string | undefined> {
	const { events } = contents;
	let before: AuditEvent | undefined;
	for (let at = 0; at < events.length; at += EVENTS_OF_A_STEP) {
		await work.step('checking', at, events.length);
		const some = events.slice(at, at + EVENTS_OF_A_STEP);
		const broken = brokenEvent(some, before);
		if (broken !== undefined) return `events[${String(broken)}]`;
		before = some.at(-1);
	}
	return inconsistencyBesidesLog(contents);
}

/** The same check without pauses. */
export function isConsistent(contents: Contents): boolean {
	return (
		brokenEvent(contents.events, undefined) === undefined &&
		inconsistencyBesidesLog(contents) === undefined
	);
}

function inconsistencyBesidesLog(contents: Contents): string | undefined {
	const { keys, calls, removals, events, materials, files, clock } = contents;
	const latestMs = events.at(-1)?.atMs ?? 0;
	const successes = countSuccesses(events);
	const byId = new Map(keys.map((key) => [key.keyId, key]));
	if (clock.frozenAtMs !== null && (clock.frozenAtMs < latestMs || clock.offsetMs !== 0))
		return 'clock';
	// in the order of the databases
	const unsorted =
		outOfOrder('keys', keys, ({ keyId }) => keyId) ??
		outOfOrder('materials', materials, ({ keyId }) => keyId) ??
		outOfOrder('removals', removals, ({ keyId }) => keyId) ??
		outOfOrder('calls', calls, ({ parametersId }) => parametersId) ??
		outOfOrder('files', files, ({ fileId }) => fileId);
	if (unsorted !== undefined) return unsorted;
	if (!isUnique(keys.map(({ alias }) => alias).filter((alias) => alias !== null))) return 'keys';
	const key = keys.findIndex((one) => !isPossibleKey(one, latestMs) || !isRecorded(one, successes));
	if (key >= 0) return `keys[${String(key)}]`;
	if (!belongTogether(contents, byId)) return 'materials';
	const removal = removals.findIndex(
		// delayed by one day at most
		({ keyId, removeAtMs }) => successes('CreateCmk', keyId) === 0 || removeAtMs > latestMs + DAY_MS
	);
	if (removal >= 0) return `removals[${String(removal)}]`;
	if (!isUnique(calls.map(({ keyId, callNumber }) => `${keyId} ${String(callNumber)}`)))
		return 'calls';
	const call = calls.findIndex((one) => !isPossibleCall(one, byId.get(one.keyId), latestMs));
	if (call >= 0) return `calls[${String(call)}]`;
	if (!isUnique(files.map(({ name }) => name))) return 'files';
	const file = files.findIndex((one) => !isWholeFile(one));
	return file < 0 ? undefined : `files[${String(file)}]`;
}

/** Strictly ascending, so without duplicates. */
function outOfOrder<T>(
	name: string,
	rows: readonly T[],
	of: (row: T) => string | number
): string | undefined {
	const at = rows.findIndex((row, index) => {
		const before = rows[index - 1];
		return before !== undefined && of(before) >= of(row);
	});
	return at < 0 ? undefined : `${name}[${String(at)}]`;
}

function isUnique(values: readonly unknown[]): boolean {
	return new Set(values).size === values.length;
}

/**
 * @param before the event before these; undefined if the log starts with them
 * @returns the index in the log of the first event that does not follow from the one before it
 */
function brokenEvent(
	events: readonly AuditEvent[],
	before: AuditEvent | undefined
): number | undefined {
	let previous = before;
	for (const one of events) {
		const { hash, ...event } = one;
		const position = (previous?.sequence ?? 0) + 1;
		const isNext = event.sequence === position && event.atMs >= (previous?.atMs ?? 0);
		const wanted = chainHash(previous?.hash ?? CHAIN_START, event, sha256HexNow);
		if (!isNext || hash !== wanted) return position - 1;
		previous = one;
	}
	return undefined;
}

/** @see `domain/state-table.ts` for the transitions */
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

/** The deletion was scheduled between the creation of the CMK and the last event, with an allowed number of days. */
function isPossibleDeletion(deleteAtMs: EpochMs, createdAtMs: EpochMs, latestMs: EpochMs): boolean {
	return (
		deleteAtMs >= createdAtMs + SHORTEST_WINDOW_DAYS * DAY_MS &&
		deleteAtMs <= latestMs + LONGEST_WINDOW_DAYS * DAY_MS
	);
}

type Successes = (operation: Operation, keyId: string) => number;

/** The number of times that an operation succeeded with a CMK. */
function countSuccesses(events: readonly AuditEvent[]): Successes {
	const counts = new Map<string, number>();
	for (const { operation, keyId, code } of events) {
		if (code !== 'SUCCESS' || keyId === null) continue;
		const name = `${operation} ${keyId}`;
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return (operation, keyId) => counts.get(`${operation} ${keyId}`) ?? 0;
}

/** Every part of a record comes from an operation, and the log has every operation, also after its undo. */
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

/** Bytes exist exactly for the CMKs with key material and for key material that waits for its removal. */
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
		// a CMK with KMS origin counts no calls
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
