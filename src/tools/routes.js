// Patterns for the addresses of the app's pages, from SvelteKit's route names.

/**
 * @param {readonly string[]} ids SvelteKit's names, such as "/keys/[keyId]"
 * @returns {string} a pattern of them, except for the start page
 */
export function anyRoute(ids) {
	return ids
		.filter((id) => id !== '/')
		.map((id) => id.replace(/\[\w+\]/g, '[^/]+'))
		.join('|');
}
