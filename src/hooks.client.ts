import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import { decodedAddress } from './lib/ui/shell/decoded-address';

/** Kit looks for the place that the hash names, and throws where it cannot be decoded: such a hash names no place. */
export const init: ClientInit = () => {
	if (decodedAddress(location.hash) === undefined)
		history.replaceState(history.state, '', location.pathname + location.search);
};

/** An address without a page is answered by the error page; only defects belong on the console. */
export const handleError: HandleClientError = ({ error, status, message }) => {
	if (status !== 404) console.error(error);
	return { message };
};
