/** What the trainee can do to the sandbox itself, beside the service: none of it exists at a real provider. */
import type { SandboxSettings } from './settings';
import type { ClockAnswer, ClockMove, EpochMs } from './time';

/** The workspace in which scenarios are played: what the trainee has made elsewhere is not touched. */
export const LEARN_WORKSPACE_ID = 'learn';
/** Ending of scenario files: JSON, for editors that know it by its last part. */
export const SCENARIO_FILE_ENDING = '.scenario.json';

export type UndoAnswer =
	| { readonly ok: true; readonly operation: string; readonly keyId: string }
	/** Nothing to take back: no operation changed anything, or the service has recorded something since that fell due. */
	| { readonly ok: false; readonly problem: 'NothingToUndo' };

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

export interface SandboxControls {
	/** Everything that falls due on the way is recorded before this answers. */
	moveClock(move: ClockMove): Promise<ClockAnswer>;
	changeSettings(change: Partial<SandboxSettings>): Promise<void>;
	/** Takes the last operation back that changed a CMK. The log keeps both, the operation and its being taken back. */
	undoLastOperation(): Promise<UndoAnswer>;
	expiryWatch(): Promise<ExpiryWatch>;
	/** Reads the whole log and follows its chain. */
	checkAuditLog(): Promise<AuditCheck>;
	/** The whole log as JSON Lines, oldest first: one event in each line, named as in `AuditEvent`. */
	exportAuditLog(): Promise<string>;
}
