import type { HandleClientError } from '@sveltejs/kit';

/** An address without a page is answered by the error page; only defects belong on the console. */
export const handleError: HandleClientError = ({ error, status, message }) => {
	if (status !== 404) console.error(error);
	return { message };
};
