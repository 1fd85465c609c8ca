/** What is to come, as the clock's panel counts and shows it. */
import type { EpochMs, UpcomingEvent } from '$lib/domain/time';

/** How many are shown, and how many are known beyond those so that they can be counted when the clock passes them. */
export const SHOWN_DEADLINES = 8;
export const KNOWN_DEADLINES = 100;

/** How many fall due after `fromMs`, up to and including `toMs`. */
export function deadlinesPassed(
	deadlines: readonly UpcomingEvent[],
	fromMs: EpochMs,
	toMs: EpochMs
): number {
	return deadlines.filter(({ atMs }) => atMs > fromMs && atMs <= toMs).length;
}

/** Soonest first. What is due already is only waiting to be recorded, and the clock cannot be set to it. */
export function deadlinesAhead(
	deadlines: readonly UpcomingEvent[],
	nowMs: EpochMs
): readonly UpcomingEvent[] {
	return deadlines.filter(({ atMs }) => atMs > nowMs).slice(0, SHOWN_DEADLINES);
}
