/**
 * The other transaction that may write, for what no deadline is about: a whole database that is filled or emptied, and
 * the service's own keys. Apart from `write.ts`, which needs the rules of time.
 */
import type { Database, WritableDatabase } from './database';

/** @param change may await nothing but the database */
export function writeUndated<T>(
	db: Database,
	change: (db: WritableDatabase) => Promise<T>
): Promise<T> {
	const open = db as unknown as WritableDatabase;
	return open.transaction('rw', db.tables, async () => {
		return await change(open);
	});
}
