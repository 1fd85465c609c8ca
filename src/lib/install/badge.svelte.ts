/** The number on the app's icon: CMKs whose key material expires within 24 hours of sandbox time. */
import { clock } from '../client/clock.svelte';
import { watch } from '../client/live.svelte';
import type { UpcomingEvent } from '../domain/time';
import { expiringSoon } from './expiring-soon';

/** Deadlines of all kinds. A badge shows "99+" at most. */
const KNOWN_DEADLINES = 200;

/** @returns the end of it. The badge stays then, as a clock that was stopped shows its last time */
export function keepBadge(): () => void {
	if (!('setAppBadge' in navigator)) return () => undefined;
	let upcoming = $state.raw<readonly UpcomingEvent[]>();
	const unwatch = watch('upcoming', [KNOWN_DEADLINES], (answer) => {
		if (answer.status === 'ready') upcoming = answer.rows;
	});
	const stop = $effect.root(() => {
		// the clock ticks once a second; the badge changes only when the number does
		const count = $derived(upcoming && expiringSoon(upcoming, clock.nowMs));
		$effect(() => {
			if (count !== undefined) void show(count);
		});
	});
	return () => {
		unwatch();
		stop();
	};
}

async function show(count: number): Promise<void> {
	try {
		await (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge());
	} catch {
		// iOS refuses it without the permission for notifications, which a number is not worth asking for
	}
}
