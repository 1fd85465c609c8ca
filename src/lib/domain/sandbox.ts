/** The trainee's controls of the sandbox. A real service has none of them. */
import type { SandboxSettings } from './settings';
import type { StorageFull } from './storage-full';
import type { ClockAnswer, ClockMove, ClockSetting, EpochMs } from './time';

/** The workspace for scenarios, so that the trainee's other workspaces are not changed. */
export const LEARN_WORKSPACE_ID = 'learn';
/** Extension of scenario files. It ends with `.json`, so that editors recognise JSON. */
export const SCENARIO_FILE_ENDING = '.scenario.json';

export type UndoAnswer =
	| { readonly ok: true; readonly operation: string; readonly keyId: string }
	/** No operation has changed a CMK, or an expiry or deletion was recorded after the last one. */
	| { readonly ok: false; readonly problem: 'NothingToUndo' }
	/** Another operation has changed a CMK since. `operation` is now the last one. */
	| { readonly ok: false; readonly problem: 'NotTheLast'; readonly operation: string }
	| StorageFull;

/** An operation that can be undone, identified by its request ID. */
export interface UndoRequest {
	readonly requestId: string;
}

type SettingsAnswer = { readonly ok: true } | StorageFull;

export interface AuditCheck {
	/** The number of events that were read. */
	readonly events: number;
	/** Position of the first event that does not follow from the one before it. Absent: the chain is whole. */
	readonly brokenAt?: number;
}

/** A timer that waits for a deadline. */
export interface ArmedTimer {
	/** System time at which it was set. */
	readonly armedAtMs: EpochMs;
	/** Sandbox time that it waits for. */
	readonly dueAtMs: EpochMs;
}

/** The tab or worker that records deadlines promptly. Not required for correctness: every read derives expiry from the time. */
export interface ExpiryWatch {
	/** Whether this tab watches the deadlines; if not, another open tab does. */
	readonly leads: boolean;
	/** This tab's timer. null: the tab does not watch, no deadline exists, or the clock is frozen. */
	readonly timer: ArmedTimer | null;
}

export interface StateControls {
	/**
	 * Moves the clock and records what falls due on the way: both, or neither.
	 *
	 * @param from the clock that the page showed; a move from any other setting is refused
	 */
	moveClock(move: ClockMove, from: ClockSetting): Promise<ClockAnswer>;
	changeSettings(change: Partial<SandboxSettings>): Promise<SettingsAnswer>;
	/** Undoes the last operation that changed a CMK, if it is still the one named. The log keeps the operation and its undo. */
	undoLastOperation(request: UndoRequest): Promise<UndoAnswer>;
	/** Records what is due now. Called when a deadline is shown as passed, so that the deadline stays passed. */
	recordDue(): Promise<{ readonly ok: true } | StorageFull>;
}

export interface AuditControls {
	/** Reads the whole log and checks its chain. */
	checkAuditLog(): Promise<AuditCheck>;
	/** The whole log as JSON Lines, oldest first: one event in each line, named as in `AuditEvent`. */
	exportAuditLog(): Promise<string>;
}

export interface SandboxControls extends StateControls, AuditControls {
	expiryWatch(): Promise<ExpiryWatch>;
}
