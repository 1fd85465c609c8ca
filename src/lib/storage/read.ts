/**
 * Reads the records before an operation's crypto, in one read transaction, including secrets. Only the engine uses this.
 * A decision on these records is provisional: `transact` decides again.
 */
import type { Bytes } from '../domain/bytes';
import { settle, type KeyRecord } from '../domain/key';
import { DEFAULT_SETTINGS, type SandboxSettings } from '../domain/settings';
import { sandboxNow, SYSTEM_CLOCK, type EpochMs } from '../domain/time';
import { readLogEnd } from './audit-log';
import type { Database } from './database';

export interface KeySecrets {
	readonly nowMs: EpochMs;
	/** The record as of nowMs: due expiries and deletions are applied. */
	readonly key: KeyRecord | undefined;
	/** Only on request, and only if the settled record has key material. */
	readonly material: CryptoKey | undefined;
	/** The encrypted wrapping private key of the named call. */
	readonly sealedPrivateKey: Bytes | undefined;
	readonly settings: SandboxSettings;
}

export interface Wanted {
	readonly keyId: string | undefined;
	readonly material?: boolean;
	/** The call whose wrapping private key to read. */
	readonly parametersId?: string | undefined;
}

export function readSecrets(
	db: Database,
	systemNowMs: EpochMs,
	{ keyId, material, parametersId }: Wanted
): Promise<KeySecrets> {
	return db.transaction('r', db.tables, async () => {
		const [clock, end, settings, stored, materialRow, wrappingRow] = await Promise.all([
			db.clock.get(0),
			readLogEnd(db),
			db.settings.get(0),
			keyId === undefined ? undefined : db.keys.get(keyId),
			keyId === undefined || !material ? undefined : db.materials.get(keyId),
			parametersId === undefined ? undefined : db.wrappingKeys.get(parametersId)
		]);
		const nowMs = sandboxNow(clock ?? SYSTEM_CLOCK, systemNowMs, end.atMs);
		const key = stored && settle(stored, nowMs);
		return {
			nowMs,
			key,
			material: key?.material ? materialRow?.key : undefined,
			sealedPrivateKey: wrappingRow?.sealed,
			settings: settings ?? DEFAULT_SETTINGS
		};
	});
}
