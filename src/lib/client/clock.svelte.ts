/**
 * The ticking sandbox time, computed once a second from the clock row of the database and the system time.
 *
 * When the displayed time passes a deadline, the page asks the service to record the deadline. Timers don't run while a
 * machine sleeps, and the system clock may go back. Even so, a deadline that the page showed as past stays past.
 */
import { SYSTEM_CLOCK, sandboxNow, type ClockSetting, type EpochMs } from '../domain/time';
import type { ClockRow } from '../storage/queries';
import { sandbox } from './kms';
import { watch } from './live.svelte';

class Clock {
	#row = $state.raw<ClockRow>({ ...SYSTEM_CLOCK, latestEventMs: 0, nextDeadlineMs: Infinity });
	#systemMs = $state(Date.now());
	#known = $state(false);

	/** Whether the clock has been read, or could not be. Without it, system time stands in for sandbox time. */
	get known(): boolean {
		return this.#known;
	}

	/** The current sandbox time in whole seconds, for countdowns. */
	get nowMs(): EpochMs {
		return sandboxNow(this.#row, this.#systemMs, this.#row.latestEventMs);
	}

	/** The clock that the page shows. A move of the clock names it as its start. */
	get setting(): ClockSetting {
		return this.#row;
	}

	get frozen(): boolean {
		return this.#row.frozenAtMs !== null;
	}

	/** Whether sandbox time differs from real time. */
	get moved(): boolean {
		return this.frozen || this.#row.offsetMs !== 0;
	}

	/** Called once by the root layout. @returns a function that stops the ticking */
	start(): () => void {
		const tick = () => {
			this.#systemMs = Date.now();
			// repeated with each tick until the deadline is recorded: the disk may be full
			if (this.#row.nextDeadlineMs <= this.nowMs) void sandbox.recordDue();
		};
		const timer = setInterval(tick, 1000);
		const unwatch = watch('clock', [], (answer) => {
			this.#known = true;
			if (answer.status !== 'ready') return;
			this.#row = answer.rows;
			tick();
		});
		return () => {
			clearInterval(timer);
			unwatch();
		};
	}
}

export const clock = new Clock();
