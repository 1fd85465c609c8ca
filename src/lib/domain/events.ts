/** The events of the audit log: one for each operation, also for refused ones. They never contain key material or plaintexts. */
import type { RefusalCode } from './refusals';
import type { EpochMs } from './time';

/** The service's operations, with the documented service's names; for aliases and descriptions, Alibaba Cloud KMS's names. */
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

/** Acts of the service itself, when a deadline has passed. They can't be called. */
export const SERVICE_ACTS = ['ExpireKeyMaterial', 'RemoveKeyMaterial', 'DeleteCmk'] as const;
export type ServiceAct = (typeof SERVICE_ACTS)[number];

/** The trainee's operations on the sandbox. A real service has no such operations. */
type SandboxAct = 'UndoLastOperation';

/** The fields of a request or a response in the log, and of an object in it. */
export const MOST_FIELDS = 64;
/** The name of such a field. */
export const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Bytes in the log: their number and, unless they are secret, the first 16 hexadecimal characters of their SHA-256. */
export interface AuditBytes {
	readonly bytes: number;
	readonly sha256?: string;
}

export type AuditField = string | number | boolean | AuditBytes | Readonly<Record<string, string>>;
/** Named as the API names them (domain.md 1.7). */
export type AuditFields = Readonly<Record<string, AuditField>>;

/** How an act of the service was recorded. This is about the sandbox: a real service doesn't report it. */
export interface Recording {
	/**
	 * `tab`: an open page's worker; `serviceWorker`: the one that also answers when no page is open; `clockMove`: the
	 * sandbox clock was moved past the due time; `operation`: an operation recorded what was due.
	 */
	readonly by: 'tab' | 'serviceWorker' | 'clockMove' | 'operation';
	/** System time at which the timer for the due time was set. null: recorded without a timer. */
	readonly armedAtMs: EpochMs | null;
	/** System time in milliseconds from the due time until the recording. */
	readonly lateMs: number;
}

/** The context that records, and its timer. */
export type Recorder = Pick<Recording, 'by' | 'armedAtMs'>;

export interface AuditEvent {
	/** Position in the log, 1 first, without gaps. */
	readonly sequence: number;
	/** Sandbox time at which it was recorded. */
	readonly atMs: EpochMs;
	/** For an act of the service: the due time, which may be before the time of recording. */
	readonly dueAtMs?: EpochMs;
	/** For an act of the service. */
	readonly recording?: Recording;
	readonly operation: Operation | ServiceAct | SandboxAct;
	readonly keyId: string | null;
	readonly actor: 'trainee' | 'sweeper';
	/** null: the service acted by itself, without a request. */
	readonly requestId: string | null;
	readonly code: 'SUCCESS' | RefusalCode;
	readonly request: AuditFields;
	/** Empty if refused: then the code and the message are the response. */
	readonly response: AuditFields;
	/** The service's message, if it refused. */
	readonly message?: string;
	/** Chains the event to the one before: see `audit-chain.ts`. */
	readonly hash: string;
}

/** An event before it is put at the end of the chain. */
export type AuditEntry = Omit<AuditEvent, 'sequence' | 'atMs' | 'hash'>;
