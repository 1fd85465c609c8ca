/** How long something takes or took, by the system's clock: the sandbox's can be set, and no exam may stand still. */
import type { EpochMs } from '$lib/domain/time';
import { m } from '$lib/paraglide/messages';

export function durationText(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	return hours > 0
		? m.exam_duration_hours({ hours, minutes: minutes % 60 })
		: m.exam_duration_minutes({ minutes, seconds: seconds % 60 });
}

export class SystemClock {
	#nowMs = $state(Date.now());

	get nowMs(): EpochMs {
		return this.#nowMs;
	}

	/** @returns the end of ticking */
	start(): () => void {
		const timer = setInterval(() => {
			this.#nowMs = Date.now();
		}, 1000);
		return () => {
			clearInterval(timer);
		};
	}
}
