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
	/** Whether the CMK's material is wanted, to be used after the transaction. */
	readonly material?: boolean;
}

export interface Seen {
	/** The CMK as it truly is now: an expiry that was due is already recorded. */
	readonly key: KeyRecord | undefined;
	readonly aliasOwner: KeyRecord | undefined;
	/** Only if it was asked for, and only while the record says that the CMK holds material. */
	readonly material: CryptoKey | undefined;
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
		const [nowMs, stored, aliasOwner, material] = await Promise.all([
			readNow(db, systemNowMs),
			scope.keyId === undefined ? undefined : db.keys.get(scope.keyId),
			scope.alias === undefined ? undefined : db.keys.where({ alias: scope.alias }).first(),
			scope.material && scope.keyId !== undefined ? db.materials.get(scope.keyId) : undefined
		]);
		const key = stored && settle(stored, nowMs);
		if (stored && key && key !== stored) await recordExpiry(db, stored, key, nowMs);
		const { result, changes, event } = decide(
			{ key, aliasOwner, material: key?.material ? material?.key : undefined },
			nowMs
		);
		await Promise.all([
			db.events.add({ ...event, atMs: nowMs }),
			...(changes ? write(db, changes) : [])
		]);
		return result;
	});
}

/** Sandbox now. Only inside a transaction that holds the clock and the events. */
export async function readNow(db: Database, systemNowMs: EpochMs): Promise<EpochMs> {
	const [clock, latest] = await Promise.all([db.clock.get(0), db.events.toCollection().last()]);
	return sandboxNow(clock ?? SYSTEM_CLOCK, systemNowMs, latest?.atMs);
}

/** Writes down an expiry that is already true. Only inside a read-write transaction. */
export async function recordExpiry(
	db: Database,
	stored: KeyRecord,
	settled: KeyRecord,
	nowMs: EpochMs
): Promise<void> {
	await Promise.all([
		db.keys.put(settled),
		db.materials.delete(stored.keyId),
		db.events.add({
			requestId: null,
			atMs: nowMs,
			operation: 'ExpireKeyMaterial',
			keyId: stored.keyId,
			actor: 'sweeper',
			code: 'SUCCESS',
			dueAtMs: stored.material?.expiresAtMs ?? nowMs
		})
	]);
}

/** All at once: the requests of one transaction need not wait for each other. */
function write(db: Database, { key, material, parameters }: Changes): PromiseLike<unknown>[] {
	return [
		...(key ? [db.keys.put(key)] : []),
		...(key && material === null ? [db.materials.delete(key.keyId)] : []),
		...(key && material ? [db.materials.put({ keyId: key.keyId, key: material })] : []),
		...(parameters
			? [
					db.importParameters.add(parameters.record),
					db.wrappingKeys.add({
						parametersId: parameters.record.parametersId,
						sealed: parameters.sealedPrivateKey
					})
				]
			: [])
	];
}
