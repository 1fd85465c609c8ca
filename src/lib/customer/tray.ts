/** The customer's files, in their own database, which the service never opens. */
import type { Dexie, DexieOptions, EntityTable } from 'dexie';
import type { Bytes } from '../domain/bytes';
import { LONGEST_NAME } from '../domain/name-length';
import {
	MOST_TRAY_FILES,
	type FileChanges,
	type TrayFile,
	type WorkbenchResult
} from './workbench';

/** In characters, including the dot and space for a number. */
const LONGEST_ENDING = 20;

interface Content {
	readonly fileId: number;
	readonly bytes: Bytes;
}

export type TrayDatabase = Dexie & {
	readonly files: EntityTable<TrayFile, 'fileId'>;
	readonly contents: EntityTable<Content, 'fileId'>;
};

/** A file with its content. */
export type WholeFile = TrayFile & Pick<Content, 'bytes'>;

export interface Tray {
	/** Newest first, without contents. */
	list(): Promise<TrayFile[]>;
	/** A name in use gets a number. */
	add(name: string, bytes: Bytes, createdAtMs: number): Promise<WorkbenchResult<TrayFile>>;
	/** Changes files by name, all or none. */
	change(changes: FileChanges, createdAtMs: number): Promise<WorkbenchResult<null>>;
	read(fileId: number): Promise<Bytes | undefined>;
	remove(fileId: number): Promise<void>;
	/** Renames each file for which the function returns another name. A name in use gets a number. */
	rename(wanted: (name: string) => string): Promise<void>;
	/** Every file with its bytes, oldest first, for an export. */
	exportFiles(): Promise<WholeFile[]>;
	/** Writes exported files to an empty database, all or none. */
	importFiles(files: readonly WholeFile[]): Promise<void>;
	clear(): Promise<void>;
	close(): void;
}

export const trayDatabaseName = (workspaceId: string): string => `workbench/${workspaceId}`;

export async function openTray(name: string, options: DexieOptions): Promise<Tray> {
	const { Dexie } = await import('dexie');
	const db = new Dexie(name, options) as TrayDatabase;
	db.version(1).stores({ files: '++fileId, &name', contents: 'fileId' });
	await db.open();

	return {
		list: () => db.files.reverse().toArray(),
		read: async (fileId) => (await db.contents.get(fileId))?.bytes,
		remove: (fileId) =>
			db.transaction('rw', db.tables, async () => {
				await db.files.delete(fileId);
				await db.contents.delete(fileId);
			}),
		rename: async (wanted) => {
			// runs at every visit, which must not write without need: see `storage/sweep.ts`
			if ((await db.files.toArray()).every(({ name }) => wanted(name) === name)) return;
			await db.transaction('rw', db.files, async () => {
				const files = await db.files.toArray();
				const taken = new Set(files.map(({ name }) => name));
				for (const file of files) {
					const safe = wanted(file.name);
					if (safe === file.name) continue;
					const name = freeName(safe, taken);
					taken.add(name);
					await db.files.put({ ...file, name });
				}
			});
		},
		add: (wanted, bytes, createdAtMs) =>
			db.transaction('rw', db.tables, async () => {
				if ((await db.files.count()) >= MOST_TRAY_FILES) return { ok: false, problem: 'TrayFull' };
				const taken = new Set(await db.files.orderBy('name').keys());
				const file = { name: freeName(wanted, taken), lengthBytes: bytes.length, createdAtMs };
				const fileId = await db.files.add(file);
				await db.contents.add({ fileId, bytes });
				return { ok: true, value: { ...file, fileId } };
			}),
		change: ({ written, removed }, createdAtMs) =>
			db.transaction('rw', db.tables, async () => {
				const files = await db.files.toArray();
				const ids = new Map(files.map(({ name, fileId }) => [name, fileId]));
				const gone = removed.flatMap((name) => ids.get(name) ?? []);
				const added = written.filter(({ name }) => !ids.has(name)).length;
				if (files.length - gone.length + added > MOST_TRAY_FILES)
					return { ok: false, problem: 'TrayFull' };
				await db.files.bulkDelete(gone);
				await db.contents.bulkDelete(gone);
				for (const { name, bytes } of written) {
					const known = ids.get(name);
					const file = { name, lengthBytes: bytes.length, createdAtMs };
					const fileId = await db.files.put(
						known === undefined ? file : { ...file, fileId: known }
					);
					await db.contents.put({ fileId, bytes });
				}
				return { ok: true, value: null };
			}),
		exportFiles: () => readWholeFiles(db),
		importFiles: (files) =>
			db.transaction('rw', db.tables, async () => {
				await db.files.bulkAdd(
					files.map(({ fileId, name, lengthBytes, createdAtMs }) => ({
						fileId,
						name,
						lengthBytes,
						createdAtMs
					}))
				);
				await db.contents.bulkAdd(files.map(({ fileId, bytes }) => ({ fileId, bytes })));
			}),
		clear: () =>
			db.transaction('rw', db.tables, async () => {
				await db.files.clear();
				await db.contents.clear();
			}),
		close: () => {
			db.close();
		}
	};
}

export function readWholeFiles(db: TrayDatabase): Promise<WholeFile[]> {
	return db.transaction('r', [db.files, db.contents], async () => {
		const [files, contents] = await Promise.all([db.files.toArray(), db.contents.toArray()]);
		const bytes = new Map(contents.map((content) => [content.fileId, content.bytes]));
		return files.map((file) => ({ ...file, bytes: bytes.get(file.fileId) ?? new Uint8Array() }));
	});
}

/** Adds a number to a name. If the result is too long, the part before the number is shortened. */
function freeName(wanted: string, taken: ReadonlySet<unknown>): string {
	const dot = wanted.lastIndexOf('.');
	const hasEnding = dot > 0 && wanted.length - dot <= LONGEST_ENDING;
	const [stem, ending] = hasEnding ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ''];
	const short = Array.from(stem)
		.slice(0, LONGEST_NAME - LONGEST_ENDING)
		.join('');
	let name = wanted;
	for (let number = 2; taken.has(name); number++) name = `${short}-${String(number)}${ending}`;
	return name;
}
