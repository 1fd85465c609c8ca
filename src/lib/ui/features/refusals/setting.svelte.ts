/** Whether the diagnosis may be shown: it is hidden for an exam. Watched while the component that calls this is mounted. */
import { live } from '$lib/client/live.svelte';
import type { SandboxSettings } from '$lib/domain/settings';

/** Until the setting is read it is undefined, and nothing may be shown. */
export function diagnosisSetting(): { readonly now: SandboxSettings['diagnosis'] | undefined } {
	const settings = live('settings', () => []);
	return {
		get now() {
			return settings.now.status === 'ready' ? settings.now.rows.diagnosis : undefined;
		}
	};
}
