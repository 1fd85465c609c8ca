/**
 * Sandbox time, ticking: the clock row of the database and the system's time, once a second.
 *
 * When the time that is shown passes a deadline, the service is asked to record it. Timers stand still while a machine
 * sleeps, and the system's clock may go back: what the page has shown as past stays past all the same.
 */
import { SYSTEM_CLOCK, sandboxNow, type ClockSetting, type EpochMs } from '../domain/time';
import type { ClockRow } from '../storage/queries';
import { sandbox } from './kms';
import { watch } from './live.svelte';

class Clock {
	#row = $state.raw<ClockRow>({ ...SYSTEM_CLOCK, latestEventMs: 0, nextDeadlineMs: Infinity });
	#systemMs = $state(Date.now());

	/** The sandbox's now, to the second: enough for countdowns. */
	get nowMs(): EpochMs {
		return sandboxNow(this.#row, this.#systemMs, this.#row.latestEventMs);
	}

	/** The clock as it is shown: a move starts from it. */
	get setting(): ClockSetting {
		return this.#row;
	}

	get frozen(): boolean {
		return this.#row.frozenAtMs !== null;
	}

	/** Whether the sandbox lives in another time than everybody else. */
	get moved(): boolean {
		return this.frozen || this.#row.offsetMs !== 0;
	}

	/** Called once by the root layout. @returns the end of ticking */
	start(): () => void {
		const tick = () => {
			this.#systemMs = Date.now();
			// again with each tick until it is recorded, which may have to wait for space
			if (this.#row.nextDeadlineMs <= this.nowMs) void sandbox.recordDue();
		};
		const timer = setInterval(tick, 1000);
		const unwatch = watch('clock', [], (answer) => {
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
