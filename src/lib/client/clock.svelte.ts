/** Sandbox time, ticking: the clock row of the database and the system's time, once a second. */
import { SYSTEM_CLOCK, sandboxNow, type EpochMs } from '../domain/time';
import type { ClockRow } from '../storage/queries';
import { watch } from './live.svelte';

class Clock {
	#row = $state.raw<ClockRow>({ ...SYSTEM_CLOCK, latestEventMs: 0 });
	#systemMs = $state(Date.now());

	/** The sandbox's now, to the second: enough for countdowns. */
	get nowMs(): EpochMs {
		return sandboxNow(this.#row, this.#systemMs, this.#row.latestEventMs);
	}

	get frozen(): boolean {
		return this.#row.frozenAtMs !== null;
	}

	/** Whether the sandbox lives in another time than everybody else. */
	get moved(): boolean {
		return this.frozen || this.#row.offsetMs !== 0;
	}

	/** Sandbox time of the latest audit event: time cannot be put back behind it. */
	get latestEventMs(): EpochMs {
		return this.#row.latestEventMs;
	}

	/** Called once by the root layout. @returns the end of ticking */
	start(): () => void {
		const timer = setInterval(() => {
			this.#systemMs = Date.now();
		}, 1000);
		const unwatch = watch('clock', [], (answer) => {
			if (answer.status !== 'ready') return;
			this.#systemMs = Date.now();
			this.#row = answer.rows;
		});
		return () => {
			clearInterval(timer);
			unwatch();
		};
	}
}

export const clock = new Clock();
