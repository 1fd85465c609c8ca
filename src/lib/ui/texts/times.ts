/** Instants and spans of time as people read them, in the language of the page. */
import { epochMsToServiceTime, type EpochMs } from '$lib/domain/time';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

const DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const MINUTE = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
const SECOND = { ...MINUTE, second: '2-digit', timeZoneName: 'short' } as const;

// Making a formatter costs far more than using one, and tables use one in every row.
const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const id = getLocale() + JSON.stringify(options);
	const known = formats.get(id);
	if (known) return known;
	const made = new Intl.DateTimeFormat(getLocale(), options);
	formats.set(id, made);
	return made;
}

/** Date and time to the second, local, with its zone. */
export function localTime(ms: EpochMs): string {
	return format({ ...DAY, ...SECOND }).format(ms);
}

/** Date and time to the minute, local: for columns. */
export function dateAndMinute(ms: EpochMs): string {
	return format({ ...DAY, ...MINUTE }).format(ms);
}

/** Time of day to the second, local, with its zone. */
export function timeOfDay(ms: EpochMs): string {
	return format(SECOND).format(ms);
}

/** The local time, and beside it UTC, which is what the service prints. */
export function localAndUtc(ms: EpochMs): string {
	return m.shell_local_and_utc({ local: localTime(ms), utc: epochMsToServiceTime(ms) });
}

/** A time still to go, in its two largest units. */
export function remaining(ms: number): string {
	const seconds = Math.ceil(ms / 1000);
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	const days = Math.floor(hours / 24);
	if (days > 0) return m.shell_in_days({ days, hours: hours % 24 });
	if (hours > 0) return m.shell_in_hours({ hours, minutes: minutes % 60 });
	if (minutes > 0) return m.shell_in_minutes({ minutes, seconds: seconds % 60 });
	return m.shell_in_seconds({ seconds });
}
