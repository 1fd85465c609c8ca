/** Records expiries and deletions that are due. Reads don't depend on this: they derive the same state from the time. */
import { sha256HexNow } from '../crypto/sha256';
import { asciiToBytes } from '../domain/bytes';
import type { AuditEntry, Recording, ServiceAct } from '../domain/events';
import { settle, type KeyRecord } from '../domain/key';
import type { SandboxSettings } from '../domain/settings';
import { DAY_MS, type EpochMs, type SandboxClock } from '../domain/time';
import { nextEvent, type LogEnd } from './audit-log';
import { forgetKey, putKey } from './key-rows';
import type { WritableDatabase } from './database';

/** The current time, and the values needed to record what is due now. */
export interface Present {
	readonly nowMs: EpochMs;
	/** The earliest sandbox time that was possible before this transaction. */
	readonly floorMs: EpochMs;
	readonly clock: SandboxClock;
	readonly settings: SandboxSettings;
	/** Where the next event goes. */
	readonly end: LogEnd;
	readonly recording: (dueAtMs: EpochMs) => Recording;
}

/**
 * Records everything that is due, in the order of the due times, and stores in the clock that these times have passed.
 *
 * @returns the new present: with the new end of the log and the changed clock
 */
export async function recordAllDue(db: WritableDatabase, present: Present): Promise<Present> {
	const { nowMs, floorMs } = present;
	const [expired, deleted, tokens] = await Promise.all([
		db.keys.where('material.expiresAtMs').belowOrEqual(nowMs).toArray(),
		db.keys.where('deleteAtMs').belowOrEqual(nowMs).toArray(),
		db.importParameters.where('expiresAtMs').between(floorMs, nowMs, false, true).limit(1).toArray()
	]);
	const due = [...new Map([...expired, ...deleted].map((key) => [key.keyId, key])).values()];
	due.sort((a, b) => dueAt(a) - dueAt(b));
	let end = present.end;
	for (const key of due) end = await recordDue(db, key, present, end);
	// after the expiries, because they add key material to this list, and its removal may be due as well
	const removals = await db.removals.where('removeAtMs').belowOrEqual(nowMs).sortBy('removeAtMs');
	for (const { keyId, removeAtMs } of removals)
		end = await recordRemoval(db, keyId, removeAtMs, present, end);
	if (due.length + removals.length + tokens.length === 0) return present;
	// an expired token leaves no event, and must not become valid again either
	const clock = { ...present.clock, passedMs: nowMs };
	await db.clock.put({ ...clock, id: 0 });
	return { ...present, end, clock };
}

const dueAt = ({
	deleteAtMs,
	material
}: {
	readonly deleteAtMs: EpochMs | null;
	readonly material: { readonly expiresAtMs: EpochMs | null } | null;
}) => Math.min(deleteAtMs ?? Infinity, material?.expiresAtMs ?? Infinity);

/** @returns the new end of the log */
async function recordDue(
	db: WritableDatabase,
	stored: KeyRecord,
	present: Present,
	end: LogEnd
): Promise<LogEnd> {
	const { nowMs, settings } = present;
	let last = end;
	let key: KeyRecord | undefined = stored;
	const expiredAtMs = stored.material?.expiresAtMs ?? Infinity;
	const deletedAtMs = stored.deleteAtMs ?? Infinity;
	if (expiredAtMs <= Math.min(nowMs, deletedAtMs)) {
		key = settle(stored, expiredAtMs);
		if (key) await putKey(db, stored, key);
		await removeMaterial(db, stored.keyId, expiredAtMs, settings);
		last = await record(db, 'ExpireKeyMaterial', stored.keyId, expiredAtMs, present, last);
	}
	if (deletedAtMs <= nowMs) {
		await forgetKey(db, key ?? stored);
		if (key?.material) await removeMaterial(db, stored.keyId, deletedAtMs, settings);
		last = await record(db, 'DeleteCmk', stored.keyId, deletedAtMs, present, last);
	}
	await db.undo.delete(0);
	return last;
}

/** Removes the key material whose delayed removal is due. @returns the new end of the log */
async function recordRemoval(
	db: WritableDatabase,
	keyId: string,
	removeAtMs: EpochMs,
	present: Present,
	end: LogEnd
): Promise<LogEnd> {
	await Promise.all([db.materials.delete(keyId), db.removals.delete(keyId)]);
	return record(db, 'RemoveKeyMaterial', keyId, removeAtMs, present, end);
}

async function removeMaterial(
	db: WritableDatabase,
	keyId: string,
	dueAtMs: EpochMs,
	{ removal }: SandboxSettings
): Promise<void> {
	if (removal === 'atOnce') await db.materials.delete(keyId);
	else await db.removals.put({ keyId, removeAtMs: dueAtMs + removalDelayMs(keyId, dueAtMs) });
}

/** A time within 24 hours (domain.md C11), derived from the CMK and the due time: every context gets the same time. */
function removalDelayMs(keyId: string, dueAtMs: EpochMs): number {
	const digest = sha256HexNow(asciiToBytes(`${keyId} ${String(dueAtMs)}`));
	return 1 + (Number.parseInt(digest.slice(0, 12), 16) % (DAY_MS - 1));
}

async function record(
	db: WritableDatabase,
	operation: ServiceAct,
	keyId: string,
	dueAtMs: EpochMs,
	{ nowMs, recording }: Present,
	end: LogEnd
): Promise<LogEnd> {
	const entry: AuditEntry = {
		operation,
		keyId,
		dueAtMs,
		recording: recording(dueAtMs),
		actor: 'sweeper',
		requestId: null,
		code: 'SUCCESS',
		request: {},
		response: {}
	};
	const event = nextEvent(end, entry, nowMs);
	await db.events.add(event);
	return event;
}
