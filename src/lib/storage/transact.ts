/**
 * The one read-write transaction of an operation: it reads, calls a synchronous decision and writes the result. No
 * caller can await anything inside. Awaiting crypto, a fetch or a timer would end the transaction without an error.
 */
import type { AuditEntry } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord } from '../domain/key';
import type { KeyListing, KeyPage } from '../domain/key-listing';
import type { SandboxSettings } from '../domain/settings';
import type { EpochMs } from '../domain/time';
import type { Bytes } from '../domain/bytes';
import { nextEvent } from './audit-log';
import type { Database, Material, UndoRow, WritableDatabase } from './database';
import { preparePage, readPage } from './key-pages';
import { putKey } from './key-rows';
import { write } from './write';

/** What an operation reads. */
export interface Scope {
	readonly keyId?: string | undefined;
	readonly alias?: string | undefined;
	/** Whether to read the CMK's key material, for use after the transaction. */
	readonly material?: boolean;
	/** The page of the list to read. */
	readonly listing?: KeyListing | undefined;
}

export interface Seen {
	/** The present state of the CMK: everything due is already recorded. */
	readonly key: KeyRecord | undefined;
	readonly aliasOwner: KeyRecord | undefined;
	/** Only on request, and only if the record has key material. */
	readonly material: CryptoKey | undefined;
	/** Only on request. */
	readonly page: KeyPage | undefined;
	readonly settings: SandboxSettings;
}

export interface Changes {
	readonly key?: KeyRecord;
	/** The CMK's new key material, or null to remove the key material. Absent: no change. */
	readonly material?: Material | null;
	readonly parameters?: {
		readonly record: ImportParametersRecord;
		readonly sealedPrivateKey: Bytes;
	};
}

export interface Decision<T> {
	readonly result: T;
	readonly changes?: Changes;
	/** Every attempt writes exactly one event, refused or not. */
	readonly event: AuditEntry & { readonly requestId: string };
}

export async function transact<T>(
	db: Database,
	systemNowMs: EpochMs,
	scope: Scope,
	decide: (seen: Seen, nowMs: EpochMs) => Decision<T>
): Promise<T> {
	const recorder = { by: 'operation', armedAtMs: null } as const;
	const prepared = scope.listing && (await preparePage(db, scope.listing));
	return write(db, systemNowMs, recorder, async (open, { nowMs, settings, end }) => {
		const [key, aliasOwner, material, page] = await Promise.all([
			scope.keyId === undefined ? undefined : open.keys.get(scope.keyId),
			scope.alias === undefined ? undefined : open.keys.where({ alias: scope.alias }).first(),
			scope.material && scope.keyId !== undefined ? open.materials.get(scope.keyId) : undefined,
			prepared === undefined ? undefined : readPage(open, prepared)
		]);
		const usable = key?.material ? material?.key : undefined;
		const { result, changes, event } = decide(
			{ key, aliasOwner, material: usable, page, settings },
			nowMs
		);
		await Promise.all([
			open.events.add(nextEvent(end, event, nowMs)),
			...(changes ? [store(open, key, changes, event)] : [])
		]);
		return result;
	});
}

/** Writes the decision of an operation, and the state that undo restores. */
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
