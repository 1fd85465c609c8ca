/**
 * The other transaction that may write, for data without deadlines: filling or emptying a whole database, and the
 * service's own keys. Separate from `write.ts`, which needs the rules of time.
 */
import type { Database, WritableDatabase } from './database';

/** @param change must await only the database */
export function writeUndated<T>(
	db: Database,
	change: (db: WritableDatabase) => Promise<T>
): Promise<T> {
	const open = db as unknown as WritableDatabase;
	return open.transaction('rw', db.tables, async () => {
		return await change(open);
	});
}
