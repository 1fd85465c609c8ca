/** Instants and lifetimes. Now is always a parameter; nothing here reads a clock. */

import type { StorageFull } from './storage-full';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The last instant the service's date format can hold: 9999-12-31T23:59:59Z. */
export const LATEST_MS: EpochMs = 253_402_300_799_000;

/**
 * The provider's house style for dates, `yyyy-MM-dd HH:mm:ss`; the zone is not documented, ours is UTC.
 *
 * @see domain.md 1.6 "dates"
 */
export function epochMsToServiceTime(ms: EpochMs): string {
	return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** The sandbox's clock: one row in the database that every context reads. */
export interface SandboxClock {
	/** Added to the system's time while the clock runs. */
	readonly offsetMs: number;
	/** The instant at which the clock stands still, or null while it runs. */
	readonly frozenAtMs: EpochMs | null;
	/** System time at which it was last moved, 0 when it never was. */
	readonly movedAtMs: EpochMs;
	/**
	 * Sandbox time at which a deadline was last seen to have passed; absent when none was. What has passed stays past,
	 * also when the system's clock goes back.
	 */
	readonly passedMs?: EpochMs;
}

/** What identifies a setting of the clock: two that are equal show the same time. */
export type ClockSetting = Pick<SandboxClock, 'offsetMs' | 'frozenAtMs' | 'movedAtMs'>;

export const SYSTEM_CLOCK: SandboxClock = { offsetMs: 0, frozenAtMs: null, movedAtMs: 0 };

/**
 * @param latestEventMs sandbox time of the latest audit event, 0 when there is none
 * @returns the earliest sandbox time that is still possible: time never goes back behind what was recorded or seen to
 * have passed
 */
export function earliestNow({ passedMs = 0 }: SandboxClock, latestEventMs: EpochMs): EpochMs {
	return Math.max(passedMs, latestEventMs);
}

/** @param latestEventMs sandbox time of the latest audit event, 0 when there is none */
export function sandboxNow(
	clock: SandboxClock,
	systemNowMs: EpochMs,
	latestEventMs: EpochMs = 0
): EpochMs {
	// it shows no date that the service cannot write
	const shown = Math.min(LATEST_MS, clock.frozenAtMs ?? systemNowMs + clock.offsetMs);
	return Math.max(earliestNow(clock, latestEventMs), shown);
}

/** What the controls of the clock can do. Moved, a clock that runs goes on running and one that stands still stays so. */
export type ClockMove =
	| { readonly move: 'freeze' | 'run' | 'real' }
	| { readonly move: 'by'; readonly ms: number }
	| { readonly move: 'to'; readonly atMs: EpochMs };

export type ClockAnswer =
	| { readonly ok: true; readonly clock: SandboxClock; readonly nowMs: EpochMs }
	/** Going there would make time run backwards past something that was recorded or seen to have passed. */
	| {
			readonly ok: false;
			readonly problem: 'BehindRecord';
			readonly wantedMs: EpochMs;
			/** The earliest sandbox time that the clock can be set to. */
			readonly earliestMs: EpochMs;
	  }
	/** Another tab has moved the clock since it was shown: the move would start from a time that nobody saw. */
	| { readonly ok: false; readonly problem: 'ClockChanged'; readonly nowMs: EpochMs }
	/** No date, or none that the service's date format can hold. */
	| { readonly ok: false; readonly problem: 'OutOfRange' }
	| StorageFull;

/** Something that will happen by itself, unless somebody prevents it. */
export interface UpcomingEvent {
	readonly kind: 'tokenExpires' | 'materialExpires' | 'materialRemoved' | 'cmkDeleted';
	readonly atMs: EpochMs;
	readonly keyId: string;
	/** For a token: which GetParametersForImport call of that CMK. */
	readonly callNumber?: number;
}
