/**
 * Workspaces: sandboxes side by side, each with its own service, customer and databases. The page works in one workspace
 * at a time, and reloads to change to another.
 */
import type { Bytes } from '../domain/bytes';
import type { StorageFull } from '../domain/storage-full';
import type { EpochMs } from '../domain/time';

export interface Workspace {
	/** Part of the names of its databases. The first workspace has the ID `main`. */
	readonly workspaceId: string;
	readonly name: string;
	/** System time. */
	readonly createdAtMs: EpochMs;
}

export type WorkspaceProblem =
	| 'NameInvalid'
	| 'NameTaken'
	/** The number of workspaces is limited, because each needs storage. */
	| 'TooMany'
	/** The workspace in use, or the only workspace, can't be removed. */
	| 'InUse'
	| 'NotFound'
	/**
	 * Import: the file is larger than a workspace can be, and was not read. Export: the file would be too large to import.
	 */
	| 'FileTooLarge'
	/** Import: not an exported workspace. */
	| 'NotAWorkspace'
	/** A later version of the sandbox wrote the file or the stored workspace. */
	| 'NewerVersion'
	/** Import: the file was changed after the export. */
	| 'Damaged'
	/** Import: the file is undamaged, but describes a state that the sandbox can't reach. */
	| 'Inconsistent'
	/** Export: more CMKs, calls or events than an import accepts. */
	| 'TooManyRows'
	/** Long work was stopped before anything was changed, or another tab took it for given up and erased it. */
	| 'Stopped'
	/** The browser has no space left. Nothing was changed. */
	| 'StorageFull'
	/** Storage is blocked, so there can be only one workspace. */
	| 'NotStored';

export type WorkspaceResult<T> =
	| { readonly ok: true; readonly value: T }
	| {
			readonly ok: false;
			readonly problem: WorkspaceProblem;
			/** The place of the fault in the contents, such as `keys[3].alias`. */
			readonly at?: string;
	  };

/** The progress of long work: finished rows and all rows of this stage. */
export interface WorkProgress {
	readonly stage: 'reading' | 'checking' | 'restoring' | 'writing';
	readonly done: number;
	readonly total: number;
}

interface WorkspaceFile {
	/** The file name for the download, with its extension. */
	readonly name: string;
	readonly bytes: Bytes;
}

/** The name of the first workspace until it is renamed. */
export const FIRST_WORKSPACE_NAME = 'Main';
export const LONGEST_WORKSPACE_NAME = 60;
export const MOST_WORKSPACES = 20;
/** The workbench's files need up to 6.5 MB; 16 MiB leaves room for a long log. */
export const LONGEST_WORKSPACE_FILE_BYTES = 16 * 1024 * 1024;
/** The extension of exported files. */
export const WORKSPACE_FILE_ENDING = '.kms-workspace';

export interface Workspaces {
	/** Oldest first. Adds the workspace in use where the list lacks it, which takes space. */
	list(): Promise<readonly Workspace[] | StorageFull>;
	/** The workspace in use on this page. */
	current(): Promise<Workspace | StorageFull>;
	create(name: string): Promise<WorkspaceResult<Workspace>>;
	rename(workspaceId: string, name: string): Promise<WorkspaceResult<Workspace>>;
	/**
	 * A copy under another name: keys, tokens, files, log and clock.
	 *
	 * @param work gets a `WorkProgress` from time to time. Any message from the other end stops the work
	 */
	duplicate(
		workspaceId: string,
		name: string,
		work?: MessagePort
	): Promise<WorkspaceResult<Workspace>>;
	/** Never the workspace in use. */
	remove(workspaceId: string): Promise<WorkspaceResult<null>>;
	/** Resets the workspace in use: no CMK, no file, no event, the real time. Its settings stay. */
	reset(): Promise<WorkspaceResult<null>>;
	/** The whole workspace in use as one file, practice keys included. */
	exportFile(work?: MessagePort): Promise<WorkspaceResult<WorkspaceFile>>;
	/** Imports the whole file into a new workspace of this name, or refuses the whole file. */
	importFile(name: string, file: Bytes, work?: MessagePort): Promise<WorkspaceResult<Workspace>>;
}
