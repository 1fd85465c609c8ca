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
	/** For the life of the component that calls it: after each navigation. A page's first one counts; a demo has none. */
	readonly onNavigate: (tell: (type: NavigationType) => void) => void;
}

export let { href, go, current, onNavigate } = {} as Navigation;

/** Importers see the new values: bindings of modules are live. */
export function setNavigation(own: Navigation): void {
	({ href, go, current, onNavigate } = own);
}
