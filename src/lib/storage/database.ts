/** The service's database: its schema and its tables. The only place that names them. */
import type { Dexie, DexieOptions, EntityTable, Table } from 'dexie';
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord, KeyState } from '../domain/key';
import { aliasOrder } from '../domain/key-listing';
import type { SandboxSettings } from '../domain/settings';
import type { EpochMs, SandboxClock } from '../domain/time';
import type { Bytes } from '../domain/bytes';

/** A record, with extra fields for sorting the list where the record has none. */
export interface KeyRow extends KeyRecord {
	readonly nameOrder: string;
	/** Infinity: never expires. */
	readonly expiryOrder: number;
}

/** A private key, encrypted with the service's non-extractable sealing key. */
export interface SealedPrivateKey {
	readonly parametersId: string;
	readonly sealed: Bytes;
}

export interface Material {
	/** Non-extractable AES-256-GCM. */
	readonly key: CryptoKey;
	/** The bytes, encrypted with the service's sealing key. Stored only for exporting a workspace. */
	readonly sealed: Bytes;
}

export interface MaterialRow extends Material {
	readonly keyId: string;
}

/** Key material that can no longer be used, and the time of its removal. */
export interface Removal {
	readonly keyId: string;
	readonly removeAtMs: EpochMs;
}

/** The service's own keys, generated once per database. All are non-extractable. */
export interface ServiceKeys {
	/** AES-256-GCM: encrypts import tokens. */
	readonly token: CryptoKey;
	/** AES-256-GCM: encrypts all secrets that are stored as bytes. Never leaves this database. */
	readonly sealing: CryptoKey;
	/** HMAC-SHA-256: computes the fingerprints of key material. */
	readonly fingerprint: CryptoKey;
	/** The bytes of the other two keys, encrypted with the sealing key. Stored only for exporting a workspace. */
	readonly copies: { readonly token: Bytes; readonly fingerprint: Bytes };
}

/** The state before the last operation that changed a CMK. */
export interface UndoRow {
	readonly id: 0;
	readonly operation: string;
	readonly requestId: string;
	readonly keyId: string;
	/** Absent if the CMK did not exist. */
	readonly key?: KeyRecord;
	/** The key material before the operation. Absent if the operation did not change key material. */
	readonly bytes?: { readonly material: MaterialRow | null; readonly removal: Removal | null };
	/** The import parameters that the operation added. */
	readonly parametersId?: string;
}

interface Tables {
	/** Metadata, which the page may read. */
	readonly keys: EntityTable<KeyRow, 'keyId'>;
	readonly importParameters: EntityTable<ImportParametersRecord, 'parametersId'>;
	readonly events: Table<AuditEvent, number>;
	readonly clock: Table<SandboxClock & { readonly id: 0 }, number>;
	readonly settings: Table<SandboxSettings & { readonly id: 0 }, number>;
	/** The number of CMKs in each state, stored because counting takes longer with every CMK. */
	readonly counters: Table<{ readonly state: KeyState; readonly count: number }, KeyState>;
	readonly removals: EntityTable<Removal, 'keyId'>;
	/** Secrets, which only the engine reads. */
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

/** For reading only: see `WritableDatabase` for writing. */
export type Database = Dexie & {
	readonly [Name in keyof Tables]: Omit<Tables[Name], WriteMethod>;
};

/** The same database inside a transaction that may write. A function that requires it can't be called outside one. */
export type WritableDatabase = Dexie & Tables & { readonly [writable]: true };
declare const writable: unique symbol;

/** Indexes for every sort order of the list, with and without each filter, so that every page of it costs the same. */
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

/** Dexie multiplies a version by 10 for the browser. */
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
	// Dexie opens again when the browser has closed the connection. A deleted database would come back without its keys.
	db.on('populate', () => {
		throw new Error('deleted while it was open');
	});
	return db;
}

/**
 * For contexts that create no workspaces: opening must not create an empty database after a deletion.
 *
 * @returns undefined if the database does not exist, or a later version of the sandbox wrote it
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
	const db = new Dexie(name, options) as Database;
	// Dexie would open a database of a later version and change it to this schema.
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
