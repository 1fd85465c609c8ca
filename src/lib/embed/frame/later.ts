/** The third script of a frame: what most visitors never ask for. It shares the engine and the address with the second. */
import '../../ui/kit/styles/forced-colors.css';
import '../../ui/kit/styles/tables.css';
import { version } from '$app/environment';
import { mount, unmount, type Component } from 'svelte';
import { clock } from '$lib/client/clock.svelte';
import Diagnosed from '$lib/ui/features/refusals/Diagnosed.svelte';
import Observed from '$lib/ui/features/import/Observed.svelte';
import UseKey from '$lib/ui/features/use/UseKey.svelte';
import { hydrated } from '$lib/ui/kit/hydrated.svelte';
import { setNavigation } from '$lib/ui/kit/navigation';
import { frameNavigation } from './frame-navigation';
import KeyState from './KeyState.svelte';
import type { LaterName, LaterProps } from './later-parts';
import Log from './Log.svelte';
import OpenInFull from './OpenInFull.svelte';
import Tray from './Tray.svelte';

const PARTS: { readonly [Name in LaterName]: Component<LaterProps[Name]> } = {
	diagnosis: Diagnosed,
	observed: Observed,
	key: KeyState,
	tray: Tray,
	use: UseKey,
	log: Log,
	full: OpenInFull
};

setNavigation(frameNavigation);
hydrated.done = true;
// for the life of the page, as in the second script
clock.start();

globalThis.kmsLater = {
	version,
	mount: (name, target, props) => {
		const part = mount(PARTS[name] as Component<typeof props>, { target, props });
		return () => void unmount(part);
	}
};
