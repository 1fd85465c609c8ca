/** Runs in the page, and during prerendering. */
import type { Reroute } from '@sveltejs/kit';
import { decodedAddress } from './lib/ui/shell/decoded-address';

/**
 * SvelteKit decodes a path before it shows a page, and throws if the path is invalid. Such an address has no page. The
 * result starts like the address, because SvelteKit cuts off as many characters as the app's folder has.
 */
export const reroute: Reroute = ({ url: { pathname } }) =>
	decodedAddress(pathname) === undefined
		? `${pathname.replaceAll('%', '%25')}/of/no/page`
		: undefined;
