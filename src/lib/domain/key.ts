/**
 * The CMK record and what can be derived from it. A record is as last written: the truth at an instant is what `settle`
 * returns, never `record.state` read alone.
 */
import type { EpochMs } from './time';

/** @see domain.md 1.3; the console words are our decision */
export const KEY_STATES = ['ENABLED', 'DISABLED', 'PENDING_IMPORT', 'PENDING_DELETE'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export type KeyOrigin = 'KMS' | 'EXTERNAL';

/** @see domain.md 1.2 "waiting period for deleting a CMK" and C10 (documented): 7 to 30 days */
export const SHORTEST_WINDOW_DAYS = 7;
export const LONGEST_WINDOW_DAYS = 30;

export interface KeyMaterialFacts {
	readonly importedAtMs: EpochMs;
	/** null: never expires. */
	readonly expiresAtMs: EpochMs | null;
}

export interface KeyRecord {
	/** UUID, lower case. */
	readonly keyId: string;
	readonly alias: string | null;
	readonly description: string;
	readonly origin: KeyOrigin;
	readonly createdAtMs: EpochMs;
	/** As last recorded. The truth at an instant is in what `settle` returns. */
	readonly state: KeyState;
	/** null: the CMK holds no key material. */
	readonly material: KeyMaterialFacts | null;
	/** Keyed digest of the first imported material, hexadecimal; set once, kept for ever. */
	readonly materialFingerprint: string | null;
	/** When the waiting period of a scheduled deletion ends. */
	readonly deleteAtMs: EpochMs | null;
	/** How many times import parameters were asked for; numbers the calls. */
	readonly importCalls: number;
}

/** From the moment of expiry on the material is unusable, whether or not anything has removed it yet (domain.md C11). */
function isMaterialExpired(record: KeyRecord, nowMs: EpochMs): boolean {
	const expiresAtMs = record.material?.expiresAtMs ?? null;
	return expiresAtMs !== null && expiresAtMs <= nowMs;
}

/** From the end of the waiting period on the CMK is gone, whether or not anything has removed it yet (domain.md 1.4). */
function isDeleted(record: KeyRecord, nowMs: EpochMs): boolean {
	return record.deleteAtMs !== null && record.deleteAtMs <= nowMs;
}

/**
 * The record as it truly is at an instant: expired material is gone and the CMK waits for an import again.
 * In PENDING_DELETE the material goes and the state stays (domain.md 1.4, "material expires").
 *
 * @returns undefined when the CMK's waiting period has ended; the same object when nothing is due
 */
export function settle(record: KeyRecord, nowMs: EpochMs): KeyRecord | undefined {
	if (isDeleted(record, nowMs)) return undefined;
	return isMaterialExpired(record, nowMs) ? withoutMaterial(record) : record;
}

/** What deletion and expiry of key material have in common. The fingerprint stays (domain.md 1.2). */
export function withoutMaterial(record: KeyRecord): KeyRecord {
	const state = record.state === 'PENDING_DELETE' ? 'PENDING_DELETE' : 'PENDING_IMPORT';
	return { ...record, state, material: null };
}
