import type { Database, WritableDatabase } from '$lib/storage/database';

/** The database as nothing in the product may have it: for states that no operation leads to. */
export const pastTheDoor = (db: Database): WritableDatabase => db as unknown as WritableDatabase;
