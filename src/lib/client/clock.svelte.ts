/** Sandbox time, ticking: the clock row of the database and the system's time, once a second. */
import { SYSTEM_CLOCK, sandboxNow, type EpochMs, type SandboxClock } from '../domain/time';
import { watch } from './live.svelte';

class Clock {
	#row = $state.raw<SandboxClock>(SYSTEM_CLOCK);
	#systemMs = $state(Date.now());

	/** The sandbox's now, to the second: enough for countdowns. */
	get nowMs(): EpochMs {
		return sandboxNow(this.#row, this.#systemMs);
	}

	/** Called once by the root layout. @returns the end of ticking */
	start(): () => void {
		const timer = setInterval(() => {
			// Sandbox time never goes back, even when the system's clock does.
			this.#systemMs = Math.max(this.#systemMs, Date.now());
		}, 1000);
		const unwatch = watch('clock', [], (answer) => {
			if (answer.status === 'ready') this.#row = answer.rows;
		});
		return () => {
			clearInterval(timer);
			unwatch();
		};
	}
}

export const clock = new Clock();
