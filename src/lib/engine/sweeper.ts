/**
 * Keeps the records close to the truth: sweeps when the next deadline comes. Promptness only: every reader derives expiry
 * itself, so a sweeper that sleeps or is gone makes nothing wrong.
 */
import { HOUR_MS } from '../domain/time';
import { observe } from '../storage/observe';
import { nextDeadline, sweep } from '../storage/sweep';
import type { EngineDeps } from './deps';

/** @returns the end of sweeping */
export async function startSweeper({
	store,
	systemNowMs
}: Pick<EngineDeps, 'store' | 'systemNowMs'>): Promise<() => void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const { db } = store;

	await sweep(db, systemNowMs());
	// Asked again at every change of the clock and of the deadlines, and so after every sweep.
	const stop = await observe(
		() => nextDeadline(db, systemNowMs()),
		({ dueAtMs, nowMs, frozen }) => {
			clearTimeout(timer);
			if (dueAtMs === null || (frozen && dueAtMs > nowMs)) return;
			// A long timer drifts while the machine sleeps: look again every hour.
			const delayMs = Math.min(Math.max(dueAtMs - nowMs, 0), HOUR_MS);
			timer = setTimeout(() => void sweep(db, systemNowMs()), delayMs);
		},
		reportDefect
	);
	return () => {
		clearTimeout(timer);
		stop();
	};
}

function reportDefect(error: unknown): void {
	// Outside any call: rethrown where the context's own error handling sees it.
	queueMicrotask(() => {
		throw error;
	});
}
