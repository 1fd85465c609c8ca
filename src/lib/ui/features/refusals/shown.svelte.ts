/** Whether the diagnosis may be shown: it is hidden for an exam. Watched while the component that calls this is mounted. */
import { live } from '$lib/client/live.svelte';

export function diagnosisShown(): { readonly now: boolean } {
	const settings = live('settings', () => []);
	return {
		/** Until the setting is read: no. */
		get now() {
			return settings.now.status === 'ready' && settings.now.rows.diagnosis === 'shown';
		}
	};
}
