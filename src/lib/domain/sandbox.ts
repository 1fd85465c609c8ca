/** What the trainee can do to the sandbox itself, beside the service: none of it exists at a real provider. */
import type { SandboxSettings } from './settings';
import type { ClockAnswer, ClockMove } from './time';

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

export interface SandboxControls {
	/** Everything that falls due on the way is recorded before this answers. */
	moveClock(move: ClockMove): Promise<ClockAnswer>;
	changeSettings(change: Partial<SandboxSettings>): Promise<void>;
	/** Takes the last operation back that changed a CMK. The log keeps both, the operation and its being taken back. */
	undoLastOperation(): Promise<UndoAnswer>;
	/** Reads the whole log and follows its chain. */
	checkAuditLog(): Promise<AuditCheck>;
	/** The whole log as JSON Lines, oldest first: one event in each line, named as in `AuditEvent`. */
	exportAuditLog(): Promise<string>;
}
