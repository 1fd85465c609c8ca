/** Instants and spans of time as people read them, in the language of the page. */
import { epochMsToServiceTime, type EpochMs } from '$lib/domain/time';
import { m } from '$lib/paraglide/messages';

const DAY = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const MINUTE = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
const SECOND = { ...MINUTE, second: '2-digit', timeZoneName: 'short' } as const;

// The Swedish way to write a date is yyyy-MM-dd, which is the service's way too and is misread in no language.
const LOCAL_TIME = new Intl.DateTimeFormat('sv-SE', { ...DAY, ...SECOND });
const DATE_AND_MINUTE = new Intl.DateTimeFormat('sv-SE', { ...DAY, ...MINUTE });
const TIME_OF_DAY = new Intl.DateTimeFormat('sv-SE', SECOND);

/** Date and time to the second, local, with its zone. */
export function localTime(ms: EpochMs): string {
	return LOCAL_TIME.format(ms);
}

/** Date and time to the minute, local: for columns. */
export function dateAndMinute(ms: EpochMs): string {
	return DATE_AND_MINUTE.format(ms);
}

/** Time of day to the second, local, with its zone. */
export function timeOfDay(ms: EpochMs): string {
	return TIME_OF_DAY.format(ms);
}

/** The local time, and beside it UTC, which is what the service prints; once where they are the same. */
export function localAndUtc(ms: EpochMs): string {
	if (new Date(ms).getTimezoneOffset() === 0) return localTime(ms);
	return m.shell_local_and_utc({ local: localTime(ms), utc: epochMsToServiceTime(ms) });
}

/** A time still to go, in its two largest units. */
export function remaining(ms: number): string {
	const seconds = Math.max(0, Math.ceil(ms / 1000));
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	const days = Math.floor(hours / 24);
	if (days > 0) return m.shell_in_days({ days, hours: hours % 24 });
	if (hours > 0) return m.shell_in_hours({ hours, minutes: minutes % 60 });
	if (minutes > 0) return m.shell_in_minutes({ minutes, seconds: seconds % 60 });
	return m.shell_in_seconds({ seconds });
}
