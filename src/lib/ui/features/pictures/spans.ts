/** How long something took, in its largest unit: how far apart two moments are, where the picture does not measure it. */
import { DAY_MS, HOUR_MS } from '$lib/domain/time';
import { m } from '$lib/paraglide/messages';

const MINUTE_MS = 60_000;

export function spanLater(ms: number): string {
	if (ms < 1000) return m.pictures_at_once();
	return m.pictures_later({ span: span(ms) });
}

function span(ms: number): string {
	if (ms < MINUTE_MS) return m.pictures_span_seconds({ count: Math.floor(ms / 1000) });
	if (ms < HOUR_MS) return m.pictures_span_minutes({ count: Math.floor(ms / MINUTE_MS) });
	if (ms < 2 * DAY_MS) return m.pictures_span_hours({ count: Math.floor(ms / HOUR_MS) });
	return m.pictures_span_days({ count: Math.floor(ms / DAY_MS) });
}
