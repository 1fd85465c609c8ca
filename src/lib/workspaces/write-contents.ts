/** Writes and deletes the two databases of a workspace. */
import type { DexieOptions } from 'dexie';
import { openTray, trayDatabaseName } from '../customer/tray';
import { openDatabase, serviceDatabaseName } from '../storage/database';
import { writeWhole } from '../storage/whole';
import type { Restored } from './restore';

/** Into databases that did not exist. Whoever calls deletes them when this throws. */
export async function writeWorkspace(
	workspaceId: string,
	restored: Restored,
	options: DexieOptions
): Promise<void> {
	await using(
		() => openDatabase(serviceDatabaseName(workspaceId), options),
		(db) => writeWhole(db, restored.whole)
	);
	await using(
		() => openTray(trayDatabaseName(workspaceId), options),
		(tray) => tray.importFiles(restored.files)
	);
}

/** Other tabs that have them open let go of them. */
export async function deleteWorkspace(workspaceId: string): Promise<void> {
	const { Dexie } = await import('dexie');
	await Dexie.delete(serviceDatabaseName(workspaceId));
	await Dexie.delete(trayDatabaseName(workspaceId));
}

/** Closed again, whatever happens. */
export async function using<T extends { close(): void }, R>(
	open: () => Promise<T>,
	use: (opened: T) => Promise<R>
): Promise<R> {
	const opened = await open();
	try {
		return await use(opened);
	} finally {
		opened.close();
	}
}
