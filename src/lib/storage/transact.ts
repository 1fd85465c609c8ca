/**
 * The one read-write transaction of an operation. It reads, asks a synchronous decision, and writes what that
 * decided: no caller can await anything inside, because awaiting crypto, a fetch or a timer there loses the
 * transaction silently.
 */
import type { AuditEntry, Recorder } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import { settle, type KeyRecord } from '../domain/key';
import { DEFAULT_SETTINGS, type SandboxSettings } from '../domain/settings';
import { elapsedSince, sandboxNow, SYSTEM_CLOCK, type EpochMs } from '../domain/time';
import type { Bytes } from '../domain/bytes';
import { nextEvent, readLogEnd } from './audit-log';
import type { Database, Material, UndoRow } from './database';
import { recordDue, type Occasion } from './due';
import { putKey } from './key-rows';

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
	return db.transaction('rw', db.tables, async () => {
		const [{ end, ...occasion }, stored, storedOwner, material] = await Promise.all([
			readPresent(db, systemNowMs, { by: 'operation', armedAtMs: null }),
			scope.keyId === undefined ? undefined : db.keys.get(scope.keyId),
			scope.alias === undefined ? undefined : db.keys.where({ alias: scope.alias }).first(),
			scope.material && scope.keyId !== undefined ? db.materials.get(scope.keyId) : undefined
		]);
		const { nowMs, settings } = occasion;
		const due = [stored, storedOwner].filter((row) => row && settle(row, nowMs) !== row);
		let last = end;
		for (const row of new Map(due.map((row) => [row?.keyId, row])).values())
			if (row) last = await recordDue(db, row, occasion, last);
		const key = stored && settle(stored, nowMs);
		const aliasOwner = storedOwner && settle(storedOwner, nowMs);
		const usable = key?.material ? material?.key : undefined;
		const { result, changes, event } = decide(
			{ key, aliasOwner, material: usable, settings },
			nowMs
		);
		await Promise.all([
			db.events.add(nextEvent(last, event, nowMs)),
			...(changes ? [write(db, key, changes, event)] : [])
		]);
		return result;
	});
}

interface Present extends Occasion {
	readonly end: Awaited<ReturnType<typeof readLogEnd>>;
}

/** Sandbox now and what goes with it. Only inside a transaction that holds clock, events and settings. */
export async function readPresent(
	db: Database,
	systemNowMs: EpochMs,
	recorder: Recorder
): Promise<Present> {
	const [clock = SYSTEM_CLOCK, end, settings = DEFAULT_SETTINGS] = await Promise.all([
		db.clock.get(0),
		readLogEnd(db),
		db.settings.get(0)
	]);
	return {
		nowMs: sandboxNow(clock, systemNowMs, end.atMs),
		end,
		settings,
		recording: (dueAtMs) => ({ ...recorder, lateMs: elapsedSince(clock, dueAtMs, systemNowMs) })
	};
}

/** What an operation decided, and how to take it back. */
async function write(
	db: Database,
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

async function readBytes(db: Database, keyId: string): Promise<NonNullable<UndoRow['bytes']>> {
	const [material, removal] = await Promise.all([db.materials.get(keyId), db.removals.get(keyId)]);
	return { material: material ?? null, removal: removal ?? null };
}
