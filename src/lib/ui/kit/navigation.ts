/** Addresses of pages, and going there. The app and the frame of an embed each say how, before they show anything. */
import type { goto } from '$app/navigation';
import type { resolve } from '$app/paths';
import type { NavigationType } from '@sveltejs/kit';

export interface Navigation {
	/** The address of a route below the app's own, `/keys/[keyId]` with its parameters. */
	readonly href: typeof resolve;
	readonly go: typeof goto;
	/** Where the user is. Reactive. */
	readonly current: { readonly url: Pick<URL, 'pathname' | 'searchParams'> };
	/** For the life of the component that calls it: after each navigation, and once at the start. */
	readonly onNavigate: (tell: (type: NavigationType) => void) => void;
}

let navigation: Navigation;

export function setNavigation(own: Navigation): void {
	navigation = own;
}

export const href = ((...to: Parameters<typeof resolve>) =>
	navigation.href(...to)) as typeof resolve;

export const go: typeof goto = (to, options) => navigation.go(to, options);

export const current: Navigation['current'] = {
	get url() {
		return navigation.current.url;
	}
};

export const onNavigate: Navigation['onNavigate'] = (tell) => {
	navigation.onNavigate(tell);
};
