// Addresses of the app's pages, by kit's names of its routes.

/**
 * @param {readonly string[]} ids kit's names, such as "/keys/[keyId]"
 * @returns {string} a pattern of them, except for the start page
 */
export function anyRoute(ids) {
	return ids
		.filter((id) => id !== '/')
		.map((id) => id.replace(/\[\w+\]/g, '[^/]+'))
		.join('|');
}
