/** Instants and lifetimes. The current time is always a parameter; nothing here reads a clock. */

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
	/** System time of the last move, 0 if the clock was never moved. */
	readonly movedAtMs: EpochMs;
	/**
	 * The latest sandbox time at which a deadline was seen as passed; absent if none was. A passed deadline stays passed, also
	 * if the system clock goes back.
	 */
	readonly passedMs?: EpochMs;
}

/** What identifies a setting of the clock: two that are equal show the same time. */
export type ClockSetting = Pick<SandboxClock, 'offsetMs' | 'frozenAtMs' | 'movedAtMs'>;

export const SYSTEM_CLOCK: SandboxClock = { offsetMs: 0, frozenAtMs: null, movedAtMs: 0 };

/**
 * @param latestEventMs sandbox time of the latest audit event, 0 when there is none
 * @returns the earliest possible sandbox time: time never goes back past a recorded event or a passed deadline
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
	// the clock shows only dates that the service can write
	const shown = Math.min(LATEST_MS, clock.frozenAtMs ?? systemNowMs + clock.offsetMs);
	return Math.max(earliestNow(clock, latestEventMs), shown);
}

/** The moves of the clock controls. After a move, a running clock keeps running and a frozen clock stays frozen. */
export type ClockMove =
	| { readonly move: 'freeze' | 'run' | 'real' }
	| { readonly move: 'by'; readonly ms: number }
	| { readonly move: 'to'; readonly atMs: EpochMs };

export type ClockAnswer =
	| { readonly ok: true; readonly clock: SandboxClock; readonly nowMs: EpochMs }
	/** The move would set time back past a recorded event or a passed deadline. */
	| {
			readonly ok: false;
			readonly problem: 'BehindRecord';
			readonly wantedMs: EpochMs;
			/** The earliest sandbox time that the clock can be set to. */
			readonly earliestMs: EpochMs;
	  }
	/** Another tab has moved the clock since the page showed it, so the move would not start from the shown time. */
	| { readonly ok: false; readonly problem: 'ClockChanged'; readonly nowMs: EpochMs }
	/** Not a date, or a date outside the service's date format. */
	| { readonly ok: false; readonly problem: 'OutOfRange' }
	| StorageFull;

/** An expiry or deletion that will happen, unless an operation prevents it. */
export interface UpcomingEvent {
	readonly kind: 'tokenExpires' | 'materialExpires' | 'materialRemoved' | 'cmkDeleted';
	readonly atMs: EpochMs;
	readonly keyId: string;
	/** For a token: the number of the GetParametersForImport call of that CMK. */
	readonly callNumber?: number;
}
