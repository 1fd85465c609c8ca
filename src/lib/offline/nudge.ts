/** Tells the service worker when the clock was moved and when a deadline is near, so that it is awake then. */
import { watch } from '../client/live.svelte';
import { HOUR_MS, SYSTEM_CLOCK, sandboxNow, type EpochMs, type SandboxClock } from '../domain/time';

/** For so long it can stay awake for one deadline. */
const NEAR_MS = 270_000;

export function startNudging(nudge: () => void): void {
	let clock: SandboxClock = SYSTEM_CLOCK;
	let dueAtMs: EpochMs | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function look(): void {
		clearTimeout(timer);
		if (dueAtMs === undefined || clock.frozenAtMs !== null) return;
		const inMs = dueAtMs - sandboxNow(clock, Date.now());
		if (inMs <= NEAR_MS) nudge();
		// a long timer drifts while the machine sleeps
		else timer = setTimeout(look, Math.min(inMs - NEAR_MS, HOUR_MS));
	}

	watch('clock', [], (answer) => {
		if (answer.status !== 'ready' || answer.rows.movedAtMs === clock.movedAtMs) return;
		clock = answer.rows;
		nudge();
		look();
	});
	watch('upcoming', [1], (answer) => {
		if (answer.status !== 'ready' || answer.rows[0]?.atMs === dueAtMs) return;
		dueAtMs = answer.rows[0]?.atMs;
		look();
	});
	// The page may be about to go, and its own timer with it.
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'hidden') nudge();
	});
}
