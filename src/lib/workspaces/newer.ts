/** What can be read of a workspace that a later version of the sandbox wrote: as it is stored, or not at all. */
import type { Dexie } from 'dexie';
import { readWholeFiles, trayDatabaseName, type TrayDatabase } from '../customer/tray';
import { serviceDatabaseName, type Database, type ServiceKeys } from '../storage/database';
import { isConsistent } from './consistency';
import type { Contents } from './contents';
import { isContents } from './contents-schema';
import { readContents } from './read-contents';
import { using } from './write-contents';

/** @returns undefined when the later version keeps something that this one does not understand */
export async function readNewer(
	workspaceId: string,
	newKeys: () => Promise<ServiceKeys>
): Promise<Contents | undefined> {
	try {
		const files = await using(
			() => openAsItIs<TrayDatabase>(trayDatabaseName(workspaceId)),
			readWholeFiles
		);
		const contents = await using(
			() => openAsItIs<Database>(serviceDatabaseName(workspaceId)),
			(db) => readContents(db, files, newKeys)
		);
		// through JSON, as it would come back
		const comesBack: unknown = JSON.parse(JSON.stringify(contents));
		return isContents(comesBack) && isConsistent(comesBack) ? contents : undefined;
	} catch {
		// tables or rows of a kind unknown here: there is no saying how that fails
		return undefined;
	}
}

/** Without a schema of ours, the database keeps its own; one that is not there is not made. */
async function openAsItIs<T extends Dexie>(name: string): Promise<T> {
	const { Dexie } = await import('dexie');
	const db = new Dexie(name);
	await db.open();
	for (const table of db.tables) Object.defineProperty(db, table.name, { value: table });
	return db as T;
}
