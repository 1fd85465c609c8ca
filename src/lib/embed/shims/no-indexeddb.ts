/** Stands for fake-indexeddb where memory tables stand for the database on top of it: they use no factory. */
export class IDBFactory {
	readonly databases = (): Promise<readonly IDBDatabaseInfo[]> => Promise.resolve([]);
}
export const IDBKeyRange = undefined;
export const indexedDB = new IDBFactory();
