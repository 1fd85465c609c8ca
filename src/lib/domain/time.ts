/** Instants and lifetimes. Now is always a parameter; nothing here reads a clock. */

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
}

export const SYSTEM_CLOCK: SandboxClock = { offsetMs: 0, frozenAtMs: null };

/**
 * @param latestEventMs the time of the latest audit event: sandbox time never goes back behind what was recorded,
 * even when the system's clock does
 */
export function sandboxNow(
	clock: SandboxClock,
	systemNowMs: EpochMs,
	latestEventMs: EpochMs = 0
): EpochMs {
	return Math.max(latestEventMs, clock.frozenAtMs ?? systemNowMs + clock.offsetMs);
}
