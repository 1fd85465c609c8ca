/** The expiry chosen in the import form. */
import { clock } from '$lib/client/clock.svelte';
import { DAY_MS, LATEST_MS, type EpochMs } from '$lib/domain/time';
import { epochMsToLocalInput, localInputToEpochMs, startOfMinute } from '../../kit/local-time';

export class Expiry {
	/** The console's preselection. @see domain.md 1.2 "default life" (documented) */
	isWanted = $state(true);
	#edited = $state<string>();

	/** As a `datetime-local` input holds it. Until somebody edits it, it stays a day ahead of the sandbox's clock. */
	get date(): string {
		return this.#edited ?? epochMsToLocalInput(startOfMinute(clock.nowMs) + DAY_MS);
	}

	set date(value: string) {
		this.#edited = value;
	}

	/** undefined while the field is empty, incomplete or beyond what the service can store. */
	get dateMs(): EpochMs | undefined {
		const ms = localInputToEpochMs(this.date);
		return ms !== undefined && ms <= LATEST_MS ? ms : undefined;
	}

	/** What the operation takes: whole seconds, 0 for never; undefined while a date is wanted and missing. */
	get unixSeconds(): number | undefined {
		if (!this.isWanted) return 0;
		return this.dateMs === undefined ? undefined : Math.floor(this.dateMs / 1000);
	}
}
