/**
 * Workspaces: sandboxes side by side, each with a service and a customer of its own and databases that no other one
 * opens. The page works in one at a time and is loaded anew to change it.
 */
import type { Bytes } from '../domain/bytes';
import type { StorageFull } from '../domain/storage-full';
import type { EpochMs } from '../domain/time';

export interface Workspace {
	/** Names its databases; `main` is the one that is there from the start. */
	readonly workspaceId: string;
	readonly name: string;
	/** By the system's clock. */
	readonly createdAtMs: EpochMs;
}

export type WorkspaceProblem =
	| 'NameInvalid'
	| 'NameTaken'
	/** There is a most: each costs storage. */
	| 'TooMany'
	/** The one in use, or the only one. */
	| 'InUse'
	| 'NotFound'
	/**
	 * Import: larger than a workspace can be, refused before it is read. Export: the file would be, and could not be
	 * imported again.
	 */
	| 'FileTooLarge'
	/** Import: not a file that a workspace was exported to. */
	| 'NotAWorkspace'
	/** The file, or what is stored, was written by a later version of the sandbox. */
	| 'NewerVersion'
	/** Import: a byte differs from what was exported. */
	| 'Damaged'
	/** Import: undamaged, and yet no state that the sandbox could reach. */
	| 'Inconsistent'
	/** Export: more CMKs, calls or events than an import takes. */
	| 'TooManyRows'
	/** Long work was stopped before anything was changed, or another tab took it for given up and erased it. */
	| 'Stopped'
	/** The browser has no room left. Nothing was changed. */
	| 'StorageFull'
	/** Blocked storage: there is nothing that could be kept side by side. */
	| 'NotStored';

export type WorkspaceResult<T> =
	| { readonly ok: true; readonly value: T }
	| {
			readonly ok: false;
			readonly problem: WorkspaceProblem;
			/** Where in the contents the fault is, as `keys[3].alias`. */
			readonly at?: string;
	  };

/** How far long work is: so many of so many rows of this stage. */
export interface WorkProgress {
	readonly stage: 'reading' | 'checking' | 'restoring' | 'writing';
	readonly done: number;
	readonly total: number;
}

interface WorkspaceFile {
	/** For the download, with its ending. */
	readonly name: string;
	readonly bytes: Bytes;
}

/** What the workspace is called that is there from the start, until it is renamed. */
export const FIRST_WORKSPACE_NAME = 'Main';
export const LONGEST_WORKSPACE_NAME = 60;
export const MOST_WORKSPACES = 20;
/** A full tray is 6.5 MB; 16 MiB leaves room for a long log. */
export const LONGEST_WORKSPACE_FILE_BYTES = 16 * 1024 * 1024;
/** Ending of exported files. */
export const WORKSPACE_FILE_ENDING = '.kms-workspace';

export interface Workspaces {
	/** Oldest first. The one in use is put on the list where it is missing, which takes room. */
	list(): Promise<readonly Workspace[] | StorageFull>;
	/** The one this page works in. */
	current(): Promise<Workspace | StorageFull>;
	create(name: string): Promise<WorkspaceResult<Workspace>>;
	rename(workspaceId: string, name: string): Promise<WorkspaceResult<Workspace>>;
	/**
	 * A copy under another name: keys, tokens, files, log and clock.
	 *
	 * @param work gets a `WorkProgress` now and then. Whatever is posted from the other end stops the work
	 */
	duplicate(
		workspaceId: string,
		name: string,
		work?: MessagePort
	): Promise<WorkspaceResult<Workspace>>;
	/** Never the one in use. */
	remove(workspaceId: string): Promise<WorkspaceResult<null>>;
	/** Empties the one in use: no key, no file, no event, the real time. Its settings stay. */
	reset(): Promise<WorkspaceResult<null>>;
	/** The whole workspace in use as one file, practice keys included. */
	exportFile(work?: MessagePort): Promise<WorkspaceResult<WorkspaceFile>>;
	/** Taken whole or refused whole, into a new workspace of this name. */
	importFile(name: string, file: Bytes, work?: MessagePort): Promise<WorkspaceResult<Workspace>>;
}
