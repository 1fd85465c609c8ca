/** The value of a `datetime-local` input: wall-clock time of the reader's zone, to the second. */
import { getLocale } from '$lib/paraglide/runtime';
import type { EpochMs } from '$lib/domain/time';

const MINUTE_MS = 60_000;

export const startOfMinute = (ms: EpochMs): EpochMs => ms - (ms % MINUTE_MS);

export function epochMsToLocalInput(ms: EpochMs): string {
	const offsetMs = new Date(ms).getTimezoneOffset() * MINUTE_MS;
	return new Date(ms - offsetMs).toISOString().slice(0, 19);
}

/** @returns undefined while the field is empty or incomplete */
export function localInputToEpochMs(value: string): EpochMs | undefined {
	const ms = new Date(value).getTime();
	return Number.isNaN(ms) ? undefined : ms;
}

/** "Asia/Shanghai (GMT+8)": with the offset that holds at that instant. */
export function localZone(ms: EpochMs): string {
	const format = new Intl.DateTimeFormat(getLocale(), { timeZoneName: 'shortOffset' });
	const offset = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value;
	const { timeZone } = format.resolvedOptions();
	return offset === undefined || timeZone === 'UTC' ? timeZone : `${timeZone} (${offset})`;
}
