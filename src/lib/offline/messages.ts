/** What pages and the service worker say to each other. Types only. */
import type { ArmedTimer } from '../domain/sandbox';

export type ToServiceWorker =
	/** A new version shall take over (the word is workbox-window's). */
	| { readonly type: 'SKIP_WAITING' }
	/** From a new version to the one before it: it shall hold nothing up any longer. */
	| { readonly type: 'LET_GO' }
	/** The clock or a deadline has changed: sweep, and see what is next. */
	| { readonly type: 'SWEEP' }
	/** Is everything stored that works offline? Answered through the port with a `StoredFiles`. */
	| { readonly type: 'CHECK_FILES' }
	/** Answered through the port with a `ServiceWorkerState`. */
	| { readonly type: 'STATE' };

/** To every page, also to those that it does not control. */
export interface InstallFailed {
	readonly type: 'INSTALL_FAILED';
	/** `space`: the browser has no room for the files; `network`: not all of them could be had. */
	readonly reason: 'space' | 'network';
}

export interface StoredFiles {
	readonly version: string;
	/** How many files there are. */
	readonly files: number;
	/** Paths of those that are not stored and could not be had again; empty: complete. */
	readonly missing: readonly string[];
}

export interface ServiceWorkerState {
	/** System time at which this instance was started; browsers stop and start it as they like. */
	readonly startedAtMs: number;
	readonly timer: ArmedTimer | null;
}
