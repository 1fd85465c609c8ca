/** Stands for `$app/navigation`: a demo goes from place to place without the browser's history. */
import { onMount } from 'svelte';
import { go, onAddress } from './address';

export function goto(href: string | URL): Promise<void> {
	go(String(href));
	return Promise.resolve();
}

/** Once at the start, too, as SvelteKit does. */
export function afterNavigate(tell: () => void): void {
	onMount(() => {
		tell();
		return onAddress(tell);
	});
}

/** Nothing in a demo is left by navigation. */
export const beforeNavigate = (): void => undefined;
