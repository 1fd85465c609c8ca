/** Stands for fake-indexeddb where memory tables stand for the database on top of it: they use no factory. */
export class IDBFactory {}
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a name that is passed on
export class IDBKeyRange {}
export const indexedDB = new IDBFactory();
