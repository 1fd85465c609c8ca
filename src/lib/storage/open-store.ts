/** Opens the service's database where the browser stores it, or in memory where the browser refuses. */
import type { DexieOptions } from 'dexie';
import { NewerDatabaseError, openDatabase, type Database, type ServiceKeys } from './database';
import { writeUndated } from './write-undated';

export interface Store {
	readonly db: Database;
	readonly serviceKeys: ServiceKeys;
	/** `memory`: everything is gone when this context ends. */
	readonly mode: 'indexeddb' | 'memory';
	/** For other databases of the same context. */
	readonly options: DexieOptions;
}

/**
 * Whether storage works is found out by using it: blocked storage reports itself late and in many ways, and some
 * browsers store data but no CryptoKey.
 *
 * @param createServiceKeys called when the database has none yet
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

/** Found out by the first store: from then on Dexie seems to have one. */
let hasNone = false;

/** Where a browser has no IndexedDB at all, Dexie never asks the question of a live query, whatever database it is about. */
async function answerWithout(indexedDB: IDBFactory): Promise<void> {
	const { Dexie } = await import('dexie');
	const { dependencies } = Dexie as { readonly dependencies: { indexedDB?: IDBFactory } };
	if (dependencies.indexedDB) return;
	hasNone = true;
	dependencies.indexedDB = indexedDB;
}

/** A store that nobody else sees and that leaves nothing behind, whatever the browser stores. */
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
		// only read where there are some: see `sweep.ts`
		const kept = (await db.serviceKeys.get(0)) ?? (await keepFirst(db, await createServiceKeys()));
		if (!(kept.token instanceof CryptoKey)) throw new Error('this storage loses CryptoKeys');
		return { db, serviceKeys: kept, options };
	} catch (error) {
		db.close();
		throw error;
	}
}

/** Two tabs may start at once: the keys of the one that writes first are the keys of both. @returns them as stored */
async function keepFirst(db: Database, fresh: ServiceKeys): Promise<ServiceKeys> {
	await writeUndated(db, async (open) => {
		if (!(await open.serviceKeys.get(0))) await open.serviceKeys.add({ ...fresh, id: 0 });
	});
	const stored = await db.serviceKeys.get(0);
	if (!stored) throw new Error('this storage keeps nothing');
	return stored;
}
