/** How far the page is on its way offline, in words. */
import type { offline } from '$lib/offline/status.svelte';
import { m } from '$lib/paraglide/messages';

type Offline = typeof offline;

const NAMES: Readonly<Record<Offline['state'], () => string>> = {
	unknown: m.offline_preparing,
	preparing: m.offline_preparing,
	complete: m.offline_complete,
	failed: m.offline_incomplete,
	unavailable: m.offline_unavailable
};

export const offlineName = (state: Offline['state']): string => NAMES[state]();

/** What that means, and what to do about it. */
export function offlineMeaning({ state, reason, files }: Offline): string {
	if (state === 'complete') return m.offline_complete_text({ files: files ?? 0 });
	if (state === 'unavailable') return m.offline_unavailable_text();
	if (state !== 'failed') return m.offline_preparing_text();
	return reason === 'space' ? m.offline_no_space_text() : m.offline_incomplete_text();
}
