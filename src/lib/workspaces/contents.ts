/** A workspace outside its databases: plain JSON, byte strings as base64. Practice keys are in it, readable. */
import type { RsaPrivateKey } from '../crypto/private-key';
import type { TrayFile } from '../customer/workbench';
import type { AuditEvent } from '../domain/events';
import type { ImportParametersRecord } from '../domain/import-parameters';
import type { KeyRecord } from '../domain/key';
import type { SandboxSettings } from '../domain/settings';
import type { SandboxClock } from '../domain/time';
import type { Removal } from '../storage/database';

/** RFC 4648 section 4, padded. */
export type Base64 = string;

/** One GetParametersForImport call: what the customer was handed, and the private key that the service kept. */
export interface CallContents extends Omit<ImportParametersRecord, 'publicKey' | 'importToken'> {
	readonly publicKey: Base64;
	readonly importToken: Base64;
	readonly privateKey: RsaPrivateKey;
}

export interface MaterialContents {
	readonly keyId: string;
	readonly material: Base64;
}

export interface FileContents extends TrayFile {
	readonly bytes: Base64;
}

/** Not in it: what can be worked out again (counters, orders of the list), and the step that could be taken back. */
export interface Contents {
	readonly settings: SandboxSettings;
	readonly clock: SandboxClock;
	readonly serviceKeys: { readonly token: Base64; readonly fingerprint: Base64 };
	readonly keys: readonly KeyRecord[];
	readonly materials: readonly MaterialContents[];
	readonly removals: readonly Removal[];
	readonly calls: readonly CallContents[];
	/** The whole log, oldest first. */
	readonly events: readonly AuditEvent[];
	readonly files: readonly FileContents[];
}
