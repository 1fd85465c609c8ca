/** What the audit log records: one event for each operation, refused ones too. Never key material, never a plaintext. */
import type { RefusalCode } from './refusals';
import type { EpochMs } from './time';

/** The operations of the service, by the provider's names; those of aliases and descriptions by its closest relative's. */
export const OPERATIONS = [
	'CreateCmk',
	'DescribeKey',
	'ListKeys',
	'CreateAlias',
	'UpdateAlias',
	'UpdateKeyDescription',
	'GetParametersForImport',
	'ImportKeyMaterial',
	'DeleteKeyMaterial',
	'EnableKey',
	'DisableKey',
	'ScheduleKeyDeletion',
	'CancelKeyDeletion',
	'Encrypt',
	'GenerateDataKey',
	'Decrypt'
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What the service does by itself when a moment has come; nobody can call these. */
export const SERVICE_ACTS = ['ExpireKeyMaterial', 'RemoveKeyMaterial', 'DeleteCmk'] as const;
export type ServiceAct = (typeof SERVICE_ACTS)[number];

/** What the trainee does to the sandbox itself. It has no counterpart in a real service. */
type SandboxAct = 'UndoLastOperation';

/** Members of a request or an answer in the log, and of an object in it. */
export const MOST_FIELDS = 64;
/** What a member of either is called. */
export const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Bytes in the log: how many, and for those that are no secret the first 16 digits of their SHA-256. */
export interface AuditBytes {
	readonly bytes: number;
	readonly sha256?: string;
}

export type AuditField = string | number | boolean | AuditBytes | Readonly<Record<string, string>>;
/** Named as the API names them (domain.md 1.7). */
export type AuditFields = Readonly<Record<string, AuditField>>;

/** How an act of the service came to be recorded: about the sandbox, since a real service says nothing of it. */
export interface Recording {
	/**
	 * `tab`: an open page's worker; `serviceWorker`: the one that also answers when no page is open; `clockMove`: the
	 * sandbox clock was moved past the moment; `operation`: one that looked at the CMK found it due.
	 */
	readonly by: 'tab' | 'serviceWorker' | 'clockMove' | 'operation';
	/** System time at which a timer was armed for the moment. null: no timer, it was found due. */
	readonly armedAtMs: EpochMs | null;
	/** System time, in milliseconds, from when it fell due until it was recorded. */
	readonly lateMs: number;
}

/** Who records, and by what timer. */
export type Recorder = Pick<Recording, 'by' | 'armedAtMs'>;

export interface AuditEvent {
	/** Position in the log, 1 first, without gaps. */
	readonly sequence: number;
	/** Sandbox time at which it was recorded. */
	readonly atMs: EpochMs;
	/** For an act of the service: the moment it was due, which may lie before the moment it was recorded. */
	readonly dueAtMs?: EpochMs;
	/** For an act of the service. */
	readonly recording?: Recording;
	readonly operation: Operation | ServiceAct | SandboxAct;
	readonly keyId: string | null;
	readonly actor: 'trainee' | 'sweeper';
	/** null: nobody asked, the service acted by itself. */
	readonly requestId: string | null;
	readonly code: 'SUCCESS' | RefusalCode;
	readonly request: AuditFields;
	/** Empty when refused: the code and the message are the answer. */
	readonly response: AuditFields;
	/** What the service said, when it refused. */
	readonly message?: string;
	/** Chains the event to the one before: see `audit-chain.ts`. */
	readonly hash: string;
}

/** An event before it is put at the end of the chain. */
export type AuditEntry = Omit<AuditEvent, 'sequence' | 'atMs' | 'hash'>;
