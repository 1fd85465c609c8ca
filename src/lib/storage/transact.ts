/**
 * The one read-write transaction of an operation. It reads, asks a synchronous decision, and writes what that
 * decided: no caller can await anything inside, because awaiting crypto, a fetch or a timer there loses the
 * transaction silently.
 */
import type { AuditEntry } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord } from '../domain/key';
import type { SandboxSettings } from '../domain/settings';
import type { EpochMs } from '../domain/time';
import type { Bytes } from '../domain/bytes';
import { nextEvent } from './audit-log';
import type { Database, Material, UndoRow, WritableDatabase } from './database';
import { putKey } from './key-rows';
import { write } from './write';

/** What an operation wants to look at. */
export interface Scope {
	readonly keyId?: string | undefined;
	readonly alias?: string | undefined;
	/** Whether the CMK's material is wanted, to be used after the transaction. */
	readonly material?: boolean;
}

export interface Seen {
	/** The CMK as it truly is now: what was due is already recorded. */
	readonly key: KeyRecord | undefined;
	readonly aliasOwner: KeyRecord | undefined;
	/** Only if it was asked for, and only while the record says that the CMK holds material. */
	readonly material: CryptoKey | undefined;
	readonly settings: SandboxSettings;
}

export interface Changes {
	readonly key?: KeyRecord;
	/** The CMK's new material, or null to remove it. Left out: it stays. */
	readonly material?: Material | null;
	readonly parameters?: {
		readonly record: ImportParametersRecord;
		readonly sealedPrivateKey: Bytes;
	};
}

export interface Decision<T> {
	readonly result: T;
	readonly changes?: Changes;
	/** Every attempt leaves exactly one event, refused or not. */
	readonly event: AuditEntry & { readonly requestId: string };
}

export function transact<T>(
	db: Database,
	systemNowMs: EpochMs,
	scope: Scope,
	decide: (seen: Seen, nowMs: EpochMs) => Decision<T>
): Promise<T> {
	const recorder = { by: 'operation', armedAtMs: null } as const;
	return write(db, systemNowMs, recorder, async (open, { nowMs, settings, end }) => {
		const [key, aliasOwner, material] = await Promise.all([
			scope.keyId === undefined ? undefined : open.keys.get(scope.keyId),
			scope.alias === undefined ? undefined : open.keys.where({ alias: scope.alias }).first(),
			scope.material && scope.keyId !== undefined ? open.materials.get(scope.keyId) : undefined
		]);
		const usable = key?.material ? material?.key : undefined;
		const { result, changes, event } = decide(
			{ key, aliasOwner, material: usable, settings },
			nowMs
		);
		await Promise.all([
			open.events.add(nextEvent(end, event, nowMs)),
			...(changes ? [store(open, key, changes, event)] : [])
		]);
		return result;
	});
}

/** What an operation decided, and how to take it back. */
async function store(
	db: WritableDatabase,
	before: KeyRecord | undefined,
	{ key, material, parameters }: Changes,
	{ operation, requestId }: Decision<unknown>['event']
): Promise<void> {
	if (!key) return;
	const { keyId } = key;
	const bytes = material === undefined ? undefined : await readBytes(db, keyId);
	const undo: UndoRow = {
		id: 0,
		operation,
		requestId,
		keyId,
		...(before && { key: before }),
		...(bytes && { bytes }),
		...(parameters && { parametersId: parameters.record.parametersId })
	};
	await Promise.all([
		db.undo.put(undo),
		putKey(db, before, key),
		...(material === null ? [db.materials.delete(keyId)] : []),
		...(material ? [db.materials.put({ keyId, ...material })] : []),
		...(bytes?.removal ? [db.removals.delete(keyId)] : []),
		...(parameters
			? [
					db.importParameters.add(parameters.record),
					db.wrappingKeys.add({
						parametersId: parameters.record.parametersId,
						sealed: parameters.sealedPrivateKey
					})
				]
			: [])
	]);
}

async function readBytes(
	db: WritableDatabase,
	keyId: string
): Promise<NonNullable<UndoRow['bytes']>> {
	const [material, removal] = await Promise.all([db.materials.get(keyId), db.removals.get(keyId)]);
	return { material: material ?? null, removal: removal ?? null };
}
