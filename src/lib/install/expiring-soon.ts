/** What the badge on the app's icon counts. */
import { DAY_MS, type EpochMs, type UpcomingEvent } from '../domain/time';

/** How many CMKs' key material expires within 24 hours of sandbox time. */
export function expiringSoon(upcoming: readonly UpcomingEvent[], nowMs: EpochMs): number {
	return upcoming.filter(
		({ kind, atMs }) => kind === 'materialExpires' && atMs > nowMs && atMs <= nowMs + DAY_MS
	).length;
}
