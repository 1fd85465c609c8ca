import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import { decodedAddress } from './lib/ui/shell/decoded-address';

/** SvelteKit looks for the element that the hash names, and throws if the hash can't be decoded. Such a hash names no element. */
export const init: ClientInit = () => {
	if (decodedAddress(location.hash) === undefined)
		history.replaceState(history.state, '', location.pathname + location.search);
};

/** The error page handles an address without a page. Only defects are logged to the console. */
export const handleError: HandleClientError = ({ error, status, message }) => {
	if (status !== 404) console.error(error);
	return { message };
};
