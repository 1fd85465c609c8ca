/** What the worker offers to the page: the two parties, the sandbox around them, and a way to watch. Types only. */
import type { ProxyMarked } from 'comlink';
import type { TrayFile, Workbench } from '../customer/workbench';
import type { Diagnostician } from '../diagnosis/diagnosis';
import type { Kms } from '../domain/kms';
import type { SandboxControls } from '../domain/sandbox';
import type { Learn, Progress, RunView } from '../learn/learn';
import type { queries } from '../storage/queries';
import type { Workspaces } from '../workspaces/workspaces';

type QueryOf<F> = F extends (db: never, ...args: infer Args) => Promise<infer Rows>
	? { readonly args: Args; readonly rows: Rows }
	: never;

/** Every question that can be watched, with its arguments and its answer. */
export type Watchable = {
	[Name in keyof typeof queries]: QueryOf<(typeof queries)[Name]>;
} & {
	/** The customer's tray, newest first. */
	files: { readonly args: []; readonly rows: TrayFile[] };
} & LearnWatchable;

interface LearnWatchable {
	/** The scenario that is being played in this workspace; null: none is. */
	run: { readonly args: []; readonly rows: RunView | null };
	/** Scenarios that were finished, in any workspace. */
	progress: { readonly args: []; readonly rows: Progress };
}

/**
 * `memory`: the browser refused to store; everything is gone with the tab. `newer`: the workspace was written by a later
 * version of the sandbox, and nothing of it is opened.
 */
export type StorageMode = 'indexeddb' | 'memory' | 'newer';

export interface WorkerApi {
	readonly kms: Kms & ProxyMarked;
	readonly workbench: Workbench & ProxyMarked;
	readonly sandbox: SandboxControls & ProxyMarked;
	readonly diagnostician: Diagnostician & ProxyMarked;
	readonly workspaces: Workspaces & ProxyMarked;
	readonly learn: Learn & ProxyMarked;
	storageMode(): Promise<StorageMode>;
	/**
	 * Sends the answer through the port now and after every change, as `WatchMessage`, until the other end posts
	 * anything: that is the word to stop.
	 */
	watch<Name extends keyof Watchable>(
		name: Name,
		args: Watchable[Name]['args'],
		port: MessagePort
	): Promise<void>;
}

export type WatchMessage<Rows> =
	{ readonly ok: true; readonly rows: Rows } | { readonly ok: false; readonly message: string };
