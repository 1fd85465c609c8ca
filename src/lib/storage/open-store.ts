/** Opens the service's database where the browser stores it, or in memory where the browser refuses. */
import type { DexieOptions } from 'dexie';
import { NewerDatabaseError, openDatabase, type Database, type ServiceKeys } from './database';
import { writeUndated } from './write-undated';

export interface Store {
	readonly db: Database;
	readonly serviceKeys: ServiceKeys;
	/** `memory`: all data is lost when this context ends. */
	readonly mode: 'indexeddb' | 'memory';
	/** For other databases of the same context. */
	readonly options: DexieOptions;
}

/**
 * Tests the storage by using it: browsers report blocked storage late and in many ways, and some store data but no
 * CryptoKey.
 *
 * @param createServiceKeys called when the database has no service keys yet
 * @throws {NewerDatabaseError}
 */
export async function openStore(
	name: string,
	createServiceKeys: () => Promise<ServiceKeys>
): Promise<Store> {
	try {
		if (hasNone) throw new Error('this context has no IndexedDB');
		return { ...(await open(name, createServiceKeys, {})), mode: 'indexeddb' };
	} catch (error) {
		if (error instanceof NewerDatabaseError) throw error;
		const { indexedDB, IDBKeyRange } = await import('fake-indexeddb');
		await answerWithout(indexedDB);
		return { ...(await open(name, createServiceKeys, { indexedDB, IDBKeyRange })), mode: 'memory' };
	}
}

/** Set when the first store is opened: afterwards Dexie always seems to have an IndexedDB. */
let hasNone = false;

/** In a browser without IndexedDB, Dexie never runs a live query, not even on a database in memory. */
async function answerWithout(indexedDB: IDBFactory): Promise<void> {
	const { Dexie } = await import('dexie');
	const { dependencies } = Dexie as { readonly dependencies: { indexedDB?: IDBFactory } };
	if (dependencies.indexedDB) return;
	hasNone = true;
	dependencies.indexedDB = indexedDB;
}

/** A private store in memory that leaves no data behind, also if the browser allows storage. */
export async function openMemoryStore(
	createServiceKeys: () => Promise<ServiceKeys>
): Promise<Store> {
	const { IDBFactory, IDBKeyRange } = await import('fake-indexeddb');
	const options = { indexedDB: new IDBFactory(), IDBKeyRange };
	return { ...(await open('memory', createServiceKeys, options)), mode: 'memory' };
}

async function open(
	name: string,
	createServiceKeys: () => Promise<ServiceKeys>,
	options: DexieOptions
) {
	const db = await openDatabase(name, options);
	try {
		// if keys exist, only read: see `sweep.ts`
		const kept = (await db.serviceKeys.get(0)) ?? (await keepFirst(db, await createServiceKeys()));
		if (!(kept.token instanceof CryptoKey)) throw new Error('this storage loses CryptoKeys');
		return { db, serviceKeys: kept, options };
	} catch (error) {
		db.close();
		throw error;
	}
}

/** Two tabs may start at the same time: both use the keys of the tab that writes first. @returns the stored keys */
async function keepFirst(db: Database, fresh: ServiceKeys): Promise<ServiceKeys> {
	await writeUndated(db, async (open) => {
		if (!(await open.serviceKeys.get(0))) await open.serviceKeys.add({ ...fresh, id: 0 });
	});
	const stored = await db.serviceKeys.get(0);
	if (!stored) throw new Error('this storage keeps nothing');
	return stored;
}
