/**
 * What time alone does to a CMK, written down: it is true without this. Only inside a read-write transaction that holds
 * every table.
 */
import { sha256HexNow } from '../crypto/sha256';
import { asciiToBytes } from '../domain/bytes';
import type { AuditEntry, Recording, ServiceAct } from '../domain/events';
import { settle, type KeyRecord } from '../domain/key';
import type { SandboxSettings } from '../domain/settings';
import { DAY_MS, type EpochMs } from '../domain/time';
import { nextEvent, type LogEnd } from './audit-log';
import { forgetKey, putKey } from './key-rows';
import type { Database } from './database';

/** When and how something is recorded. */
export interface Occasion {
	readonly nowMs: EpochMs;
	readonly settings: SandboxSettings;
	readonly recording: (dueAtMs: EpochMs) => Recording;
}

/**
 * Records everything that is due for one CMK, in the order in which it fell due.
 *
 * @returns the new end of the log
 */
export async function recordDue(
	db: Database,
	stored: KeyRecord,
	occasion: Occasion,
	end: LogEnd
): Promise<LogEnd> {
	const { nowMs, settings } = occasion;
	let last = end;
	let key: KeyRecord | undefined = stored;
	const expiredAtMs = stored.material?.expiresAtMs ?? Infinity;
	const deletedAtMs = stored.deleteAtMs ?? Infinity;
	if (expiredAtMs <= Math.min(nowMs, deletedAtMs)) {
		key = settle(stored, expiredAtMs);
		if (key) await putKey(db, stored, key);
		await removeMaterial(db, stored.keyId, expiredAtMs, settings);
		last = await record(db, 'ExpireKeyMaterial', stored.keyId, expiredAtMs, occasion, last);
	}
	if (deletedAtMs <= nowMs) {
		await forgetKey(db, key ?? stored);
		if (key?.material) await removeMaterial(db, stored.keyId, deletedAtMs, settings);
		last = await record(db, 'DeleteCmk', stored.keyId, deletedAtMs, occasion, last);
	}
	await db.undo.delete(0);
	return last;
}

/** Bytes whose removal was put off are removed. @returns the new end of the log */
export async function recordRemoval(
	db: Database,
	keyId: string,
	removeAtMs: EpochMs,
	occasion: Occasion,
	end: LogEnd
): Promise<LogEnd> {
	await Promise.all([db.materials.delete(keyId), db.removals.delete(keyId)]);
	return record(db, 'RemoveKeyMaterial', keyId, removeAtMs, occasion, end);
}

async function removeMaterial(
	db: Database,
	keyId: string,
	dueAtMs: EpochMs,
	{ removal }: SandboxSettings
): Promise<void> {
	if (removal === 'atOnce') await db.materials.delete(keyId);
	else await db.removals.put({ keyId, removeAtMs: dueAtMs + removalDelayMs(keyId, dueAtMs) });
}

/** A moment within 24 hours (domain.md C11) that is the same whoever works it out: from the CMK and the due time. */
function removalDelayMs(keyId: string, dueAtMs: EpochMs): number {
	const digest = sha256HexNow(asciiToBytes(`${keyId} ${String(dueAtMs)}`));
	return 1 + (Number.parseInt(digest.slice(0, 12), 16) % (DAY_MS - 1));
}

async function record(
	db: Database,
	operation: ServiceAct,
	keyId: string,
	dueAtMs: EpochMs,
	{ nowMs, recording }: Occasion,
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
