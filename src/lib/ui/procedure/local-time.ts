/** The value of a `datetime-local` input: wall-clock time of the reader's zone, to the second. */
import type { EpochMs } from '$lib/domain/time';

const MINUTE_MS = 60_000;

export function epochMsToLocalInput(ms: EpochMs): string {
	const offsetMs = new Date(ms).getTimezoneOffset() * MINUTE_MS;
	return new Date(ms - offsetMs).toISOString().slice(0, 19);
}

/** @returns undefined while the field is empty or incomplete */
export function localInputToEpochMs(value: string): EpochMs | undefined {
	const ms = new Date(value).getTime();
	return Number.isNaN(ms) ? undefined : ms;
}

/** "Asia/Shanghai" */
export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
