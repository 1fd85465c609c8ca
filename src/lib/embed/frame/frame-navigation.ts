/** A demo goes from place to place without the browser's history: the addresses of the console become places of the demo. */
import { onMount } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { ResolvedPathname } from '$app/types';
import type { Navigation } from '$lib/ui/kit/navigation';
import { go, onAddress, readAddress } from './address';

const follow = createSubscriber(onAddress);

/**
 * @param params at most one: no route has more
 * @returns `#/keys/…`
 */
function hrefOf(route: string, params: Readonly<Record<string, string>> = {}): ResolvedPathname {
	const [value = ''] = Object.values(params);
	return `#${route.replace(/\[\w+\]/, encodeURIComponent(value))}` as ResolvedPathname;
}

export const frameNavigation: Navigation = {
	href: hrefOf,
	go: (href) => {
		go(String(href));
		return Promise.resolve();
	},
	current: {
		get url() {
			follow();
			const [pathname = '', query] = readAddress().split('?');
			return { pathname, searchParams: new URLSearchParams(query) };
		}
	},
	onNavigate: (tell) => {
		onMount(() =>
			onAddress(() => {
				tell('link');
			})
		);
	}
};
