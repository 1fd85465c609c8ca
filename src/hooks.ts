/** Runs in the page, and while pages are rendered ahead. */
import type { Reroute } from '@sveltejs/kit';
import { decodedAddress } from './lib/ui/shell/decoded-address';

/**
 * Kit decodes a path before it shows anything, and throws where it cannot: such an address is one without a page. What is
 * given back begins like the address, because kit cuts off as many characters as the app's folder has.
 */
export const reroute: Reroute = ({ url: { pathname } }) =>
	decodedAddress(pathname) === undefined
		? `${pathname.replaceAll('%', '%25')}/of/no/page`
		: undefined;
