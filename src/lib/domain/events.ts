/** What the audit log records: one event for each operation, refused ones too. Never bytes, never secrets. */
import type { RefusalCode } from './refusals';
import type { EpochMs } from './time';

/** The operations of the service, by the provider's names. */
export type Operation =
	| 'CreateCmk'
	| 'DescribeKey'
	| 'ListKeys'
	| 'GetParametersForImport'
	| 'ImportKeyMaterial'
	| 'DeleteKeyMaterial'
	| 'Encrypt'
	| 'Decrypt';

export interface AuditEvent {
	/** Position in the log, 1 first; given by the store. */
	readonly sequence?: number;
	/** null: nobody asked, the service acted by itself. */
	readonly requestId: string | null;
	readonly atMs: EpochMs;
	/** ExpireKeyMaterial is the service's own act, not an operation anybody can call. */
	readonly operation: Operation | 'ExpireKeyMaterial';
	readonly keyId: string | null;
	readonly actor: 'trainee' | 'sweeper';
	readonly code: 'SUCCESS' | RefusalCode;
	/** For ExpireKeyMaterial: the moment it was due, which may lie before the moment it was recorded. */
	readonly dueAtMs?: EpochMs;
}
