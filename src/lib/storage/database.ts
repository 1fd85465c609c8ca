/** The service's database: its schema and its tables. The only place that names them. */
import type { Dexie, DexieOptions, EntityTable, Table } from 'dexie';
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord } from '../domain/key';
import type { SandboxClock } from '../domain/time';
import type { Bytes } from '../domain/bytes';

/** A private key under the service's non-extractable sealing key. */
interface SealedPrivateKey {
	readonly parametersId: string;
	readonly sealed: Bytes;
}

/** Key material at rest: a non-extractable AES-256-GCM key. */
interface MaterialRow {
	readonly keyId: string;
	readonly key: CryptoKey;
}

/** Keys of the service itself, made once per database; all non-extractable. */
export interface ServiceKeys {
	/** AES-256-GCM: seals import tokens. */
	readonly token: CryptoKey;
	/** AES-256-GCM: seals wrapping private keys. */
	readonly sealing: CryptoKey;
	/** HMAC-SHA-256: makes material fingerprints. */
	readonly fingerprint: CryptoKey;
}

export type Database = Dexie & {
	/** Metadata: what the page may see. */
	readonly keys: EntityTable<KeyRecord, 'keyId'>;
	readonly importParameters: EntityTable<ImportParametersRecord, 'parametersId'>;
	readonly events: EntityTable<AuditEvent, 'sequence'>;
	readonly clock: Table<SandboxClock & { readonly id: 0 }, number>;
	/** Secrets: read by the engine alone. */
	readonly materials: EntityTable<MaterialRow, 'keyId'>;
	readonly wrappingKeys: EntityTable<SealedPrivateKey, 'parametersId'>;
	readonly serviceKeys: Table<ServiceKeys & { readonly id: 0 }, number>;
};

/** @param options the IndexedDB to use, when it is not the browser's own */
export async function openDatabase(name: string, options: DexieOptions = {}): Promise<Database> {
	const { Dexie } = await import('dexie');
	const db = new Dexie(name, options) as Database;
	db.version(1).stores({
		keys: 'keyId, [createdAtMs+keyId], alias, material.expiresAtMs',
		importParameters: 'parametersId, [keyId+callNumber], expiresAtMs',
		events: '++sequence, [keyId+sequence]',
		clock: 'id',
		materials: 'keyId',
		wrappingKeys: 'parametersId',
		serviceKeys: 'id'
	});
	await db.open();
	return db;
}
