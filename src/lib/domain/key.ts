/**
 * The CMK record and what can be derived from it. A record is as last written: the truth at an instant
 * is `stateAt` or `settle`, never `record.state` read alone.
 */
import type { EpochMs } from './time';

/** @see domain.md 1.3; the console words are our decision */
export const KEY_STATES = ['ENABLED', 'DISABLED', 'PENDING_IMPORT', 'PENDING_DELETE'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export type KeyOrigin = 'KMS' | 'EXTERNAL';

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
	/** As last recorded. Read it through `stateAt`. */
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

/** The state at an instant, whatever was last written. */
export function stateAt(record: KeyRecord, nowMs: EpochMs): KeyState {
	return settle(record, nowMs).state;
}

/**
 * The record as it truly is at an instant: expired material is gone and the CMK waits for an import again.
 * In PENDING_DELETE the material goes and the state stays (domain.md 1.4, "material expires").
 *
 * @returns the same object when nothing is due
 */
export function settle(record: KeyRecord, nowMs: EpochMs): KeyRecord {
	return isMaterialExpired(record, nowMs) ? withoutMaterial(record) : record;
}

/** What deletion and expiry of key material have in common. The fingerprint stays (domain.md 1.2). */
export function withoutMaterial(record: KeyRecord): KeyRecord {
	const state = record.state === 'PENDING_DELETE' ? 'PENDING_DELETE' : 'PENDING_IMPORT';
	return { ...record, state, material: null };
}
