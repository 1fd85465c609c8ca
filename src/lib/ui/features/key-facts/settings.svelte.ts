/** The sandbox's settings as a rune, the defaults until they are read. */
import { live } from '$lib/client/live.svelte';
import { DEFAULT_SETTINGS, type SandboxSettings } from '$lib/domain/settings';

/** While the component that calls this is mounted. */
export function watchSettings(): { readonly now: SandboxSettings } {
	const answer = live('settings', () => []);
	return {
		get now() {
			return answer.now.status === 'ready' ? answer.now.rows : DEFAULT_SETTINGS;
		}
	};
}
