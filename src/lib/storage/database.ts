/** The service's database: its schema and its tables. The only place that names them. */
import type { Dexie, DexieOptions, EntityTable, Table } from 'dexie';
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord, KeyState } from '../domain/key';
import { aliasOrder } from '../domain/key-listing';
import type { SandboxSettings } from '../domain/settings';
import type { EpochMs, SandboxClock } from '../domain/time';
import type { Bytes } from '../domain/bytes';

/** A record, and beside it what the list is sorted by where the record itself has nothing to sort by. */
export interface KeyRow extends KeyRecord {
	readonly nameOrder: string;
	/** Infinity: never. */
	readonly expiryOrder: number;
}

/** A private key under the service's non-extractable sealing key. */
export interface SealedPrivateKey {
	readonly parametersId: string;
	readonly sealed: Bytes;
}

export interface Material {
	/** Non-extractable AES-256-GCM. */
	readonly key: CryptoKey;
	/** The bytes under the service's sealing key: only so that a workspace can be carried away. */
	readonly sealed: Bytes;
}

export interface MaterialRow extends Material {
	readonly keyId: string;
}

/** Bytes that nobody can use any more, and when they go. */
export interface Removal {
	readonly keyId: string;
	readonly removeAtMs: EpochMs;
}

/** Keys of the service itself, made once per database; all non-extractable. */
export interface ServiceKeys {
	/** AES-256-GCM: seals import tokens. */
	readonly token: CryptoKey;
	/** AES-256-GCM: seals everything secret that is stored as bytes. Never leaves this database. */
	readonly sealing: CryptoKey;
	/** HMAC-SHA-256: makes material fingerprints. */
	readonly fingerprint: CryptoKey;
	/** The bytes of two of them under the third: only so that a workspace can be carried away. */
	readonly copies: { readonly token: Bytes; readonly fingerprint: Bytes };
}

/** How things stood before the last operation that changed a CMK. */
export interface UndoRow {
	readonly id: 0;
	readonly operation: string;
	readonly requestId: string;
	readonly keyId: string;
	/** Absent: there was no such CMK. */
	readonly key?: KeyRecord;
	/** What was there of material; absent when the operation left material alone. */
	readonly bytes?: { readonly material: MaterialRow | null; readonly removal: Removal | null };
	/** The import parameters that the operation added. */
	readonly parametersId?: string;
}

interface Tables {
	/** Metadata: what the page may see. */
	readonly keys: EntityTable<KeyRow, 'keyId'>;
	readonly importParameters: EntityTable<ImportParametersRecord, 'parametersId'>;
	readonly events: Table<AuditEvent, number>;
	readonly clock: Table<SandboxClock & { readonly id: 0 }, number>;
	readonly settings: Table<SandboxSettings & { readonly id: 0 }, number>;
	/** How many CMKs are recorded in each state: counting them costs what there is. */
	readonly counters: Table<{ readonly state: KeyState; readonly count: number }, KeyState>;
	readonly removals: EntityTable<Removal, 'keyId'>;
	/** Secrets: read by the engine alone. */
	readonly undo: Table<UndoRow, number>;
	readonly materials: EntityTable<MaterialRow, 'keyId'>;
	readonly wrappingKeys: EntityTable<SealedPrivateKey, 'parametersId'>;
	readonly serviceKeys: Table<ServiceKeys & { readonly id: 0 }, number>;
}

type WriteMethod =
	| 'add'
	| 'put'
	| 'update'
	| 'upsert'
	| 'delete'
	| 'clear'
	| `bulk${'Add' | 'Put' | 'Update' | 'Delete'}`;

/** To read. Its tables cannot be written: see `WritableDatabase`. */
export type Database = Dexie & {
	readonly [Name in keyof Tables]: Omit<Tables[Name], WriteMethod>;
};

/** The same database inside a transaction that may write. What takes one can be called from nowhere else. */
export type WritableDatabase = Dexie & Tables & { readonly [writable]: true };
declare const writable: unique symbol;

/** Every order of the list, alone and behind each filter, so that no page of it costs more than another. */
const LISTING_INDEXES = ['', 'state+', 'origin+', 'state+origin+'].flatMap((filter) =>
	['createdAtMs', 'nameOrder', 'expiryOrder'].map((order) => `[${filter}${order}+keyId]`)
);

const PREFIX = 'kms/';
export const serviceDatabaseName = (workspaceId: string): string => PREFIX + workspaceId;

/** The service's databases of all workspaces. */
export async function serviceDatabaseNames(): Promise<string[]> {
	const { Dexie } = await import('dexie');
	return (await Dexie.getDatabaseNames()).filter((name) => name.startsWith(PREFIX));
}

/** Dexie counts in tenths of what the browser counts. */
const SCHEMA_VERSION = 1;
const BROWSER_VERSION = 10 * SCHEMA_VERSION;

/** A later version of the sandbox wrote this database; it is left as it is. */
export class NewerDatabaseError extends Error {
	override readonly name = 'NewerDatabaseError';
}

/**
 * @param options the IndexedDB to use, when it is not the browser's own
 * @throws {NewerDatabaseError}
 */
export async function openDatabase(name: string, options: DexieOptions = {}): Promise<Database> {
	const db = await declare(name, options);
	await db.open();
	return db;
}

/**
 * For a context that makes no workspaces: one that is being deleted meanwhile must not come back empty.
 *
 * @returns undefined: there is none, or it is of a later version of the sandbox
 */
export async function openExistingDatabase(name: string): Promise<Database | undefined> {
	const found = { isMissing: false };
	try {
		const db = await declare(name, {});
		db.on('populate', () => {
			found.isMissing = true;
			throw new Error('not created: this undoes the opening');
		});
		await db.open();
		return db;
	} catch (error) {
		if (found.isMissing || error instanceof NewerDatabaseError) return undefined;
		throw error;
	}
}

/** @throws {NewerDatabaseError} */
async function declare(name: string, options: DexieOptions): Promise<Database> {
	const { Dexie } = await import('dexie');
	// One that is deleted while it is open must not be made again by the next call: its service keys would be missing.
	const db = new Dexie(name, { ...options, autoOpen: false }) as Database;
	// Dexie would open a database of a later version and fit it to this schema.
	const factory = (options.indexedDB ?? Dexie.dependencies.indexedDB) as IDBFactory;
	const stored = await factory.databases();
	if (stored.some((one) => one.name === name && (one.version ?? 0) > BROWSER_VERSION))
		throw new NewerDatabaseError(name);
	db.version(SCHEMA_VERSION).stores({
		keys: ['keyId', 'alias', 'material.expiresAtMs', 'deleteAtMs', ...LISTING_INDEXES].join(),
		importParameters: 'parametersId, [keyId+callNumber], expiresAtMs',
		events: 'sequence, [keyId+sequence], [operation+sequence]',
		clock: 'id',
		settings: 'id',
		counters: 'state',
		removals: 'keyId, removeAtMs',
		undo: 'id',
		materials: 'keyId',
		wrappingKeys: 'parametersId',
		serviceKeys: 'id'
	});
	return db;
}

export function toKeyRow(record: KeyRecord): KeyRow {
	return {
		...record,
		nameOrder: aliasOrder(record.alias),
		expiryOrder: record.material?.expiresAtMs ?? Infinity
	};
}
