/**
 * The one read-write transaction of an operation. It reads, asks a synchronous decision, and writes what that
 * decided: no caller can await anything inside, because awaiting crypto, a fetch or a timer there loses the
 * transaction silently.
 */
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import { settle, type KeyRecord } from '../domain/key';
import { sandboxNow, SYSTEM_CLOCK, type EpochMs } from '../domain/time';
import type { Bytes } from '../domain/bytes';
import type { Database } from './database';

/** What an operation wants to look at. */
export interface Scope {
	readonly keyId?: string | undefined;
	readonly alias?: string | undefined;
}

export interface Seen {
	/** The CMK as it truly is now: an expiry that was due is already recorded. */
	readonly key: KeyRecord | undefined;
	readonly aliasOwner: KeyRecord | undefined;
}

export interface Changes {
	readonly key?: KeyRecord;
	/** The CMK's new material, or null to remove it. Left out: it stays. */
	readonly material?: CryptoKey | null;
	readonly parameters?: {
		readonly record: ImportParametersRecord;
		readonly sealedPrivateKey: Bytes;
	};
}

export interface Decision<T> {
	readonly result: T;
	readonly changes?: Changes;
	/** Every attempt leaves exactly one event, refused or not. */
	readonly event: Omit<AuditEvent, 'sequence' | 'atMs'>;
}

export function transact<T>(
	db: Database,
	systemNowMs: EpochMs,
	scope: Scope,
	decide: (seen: Seen, nowMs: EpochMs) => Decision<T>
): Promise<T> {
	return db.transaction('rw', db.tables, async () => {
		const nowMs = await raiseClock(db, systemNowMs);
		const stored = scope.keyId === undefined ? undefined : await db.keys.get(scope.keyId);
		const key = stored && settle(stored, nowMs);
		if (stored && key && key !== stored) await recordExpiry(db, stored, key, nowMs);
		const aliasOwner =
			scope.alias === undefined ? undefined : await db.keys.where({ alias: scope.alias }).first();
		const { result, changes, event } = decide({ key, aliasOwner }, nowMs);
		if (changes) await write(db, changes);
		await db.events.add({ ...event, atMs: nowMs });
		return result;
	});
}

/** Sandbox now, recorded so that it never goes back. Only inside a read-write transaction. */
export async function raiseClock(db: Database, systemNowMs: EpochMs): Promise<EpochMs> {
	const clock = (await db.clock.get(0)) ?? SYSTEM_CLOCK;
	const nowMs = sandboxNow(clock, systemNowMs);
	if (nowMs > clock.highWaterMs) await db.clock.put({ ...clock, highWaterMs: nowMs, id: 0 });
	return nowMs;
}

/** Writes down an expiry that is already true. Only inside a read-write transaction. */
export async function recordExpiry(
	db: Database,
	stored: KeyRecord,
	settled: KeyRecord,
	nowMs: EpochMs
): Promise<void> {
	const dueAtMs = stored.material?.expiresAtMs ?? nowMs;
	await db.keys.put(settled);
	await db.materials.delete(stored.keyId);
	await db.events.add({
		requestId: null,
		atMs: nowMs,
		operation: 'ExpireKeyMaterial',
		keyId: stored.keyId,
		actor: 'sweeper',
		code: 'SUCCESS',
		dueAtMs
	});
}

async function write(db: Database, { key, material, parameters }: Changes): Promise<void> {
	if (key) {
		await db.keys.put(key);
		if (material === null) await db.materials.delete(key.keyId);
		else if (material) await db.materials.put({ keyId: key.keyId, key: material });
	}
	if (parameters) {
		const { record, sealedPrivateKey } = parameters;
		await db.importParameters.add(record);
		await db.wrappingKeys.add({ parametersId: record.parametersId, sealed: sealedPrivateKey });
	}
}
