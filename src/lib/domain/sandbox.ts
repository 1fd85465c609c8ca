/** What the trainee can do to the sandbox itself, beside the service: none of it exists at a real provider. */
import type { SandboxSettings } from './settings';
import type { StorageFull } from './storage-full';
import type { ClockAnswer, ClockMove, ClockSetting, EpochMs } from './time';

/** The workspace in which scenarios are played: what the trainee has made elsewhere is not touched. */
export const LEARN_WORKSPACE_ID = 'learn';
/** Ending of scenario files: JSON, for editors that know it by its last part. */
export const SCENARIO_FILE_ENDING = '.scenario.json';

export type UndoAnswer =
	| { readonly ok: true; readonly operation: string; readonly keyId: string }
	/** No operation has changed a CMK, or an expiry or deletion was recorded after the last one. */
	| { readonly ok: false; readonly problem: 'NothingToUndo' }
	/** Another operation has changed a CMK since: `operation` is the last one now. */
	| { readonly ok: false; readonly problem: 'NotTheLast'; readonly operation: string }
	| StorageFull;

/** An operation that can be undone, named by its request. */
export interface UndoRequest {
	readonly requestId: string;
}

type SettingsAnswer = { readonly ok: true } | StorageFull;

export interface AuditCheck {
	/** How many events were read. */
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

/** Who sees to it that deadlines are recorded promptly. Nothing is wrong without: readers work expiry out themselves. */
export interface ExpiryWatch {
	/** Whether this tab does; otherwise another one that is open. */
	readonly leads: boolean;
	/** This tab's timer; null when it does not lead, when nothing is ahead, and while the clock stands still. */
	readonly timer: ArmedTimer | null;
}

export interface StateControls {
	/**
	 * Moves the clock and records what falls due on the way: both, or neither.
	 *
	 * @param from the clock as it was shown; a move from any other setting is refused
	 */
	moveClock(move: ClockMove, from: ClockSetting): Promise<ClockAnswer>;
	changeSettings(change: Partial<SandboxSettings>): Promise<SettingsAnswer>;
	/** Undoes the last operation that changed a CMK, if it is still the one named. The log keeps the operation and its undo. */
	undoLastOperation(request: UndoRequest): Promise<UndoAnswer>;
	/** Records what is due now. For whoever shows that a deadline has passed, so that it stays past. */
	recordDue(): Promise<{ readonly ok: true } | StorageFull>;
}

export interface AuditControls {
	/** Reads the whole log and follows its chain. */
	checkAuditLog(): Promise<AuditCheck>;
	/** The whole log as JSON Lines, oldest first: one event in each line, named as in `AuditEvent`. */
	exportAuditLog(): Promise<string>;
}

export interface SandboxControls extends StateControls, AuditControls {
	expiryWatch(): Promise<ExpiryWatch>;
}
