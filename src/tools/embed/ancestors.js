// Who may frame an embed, as it was said at build time.

/** An origin as browsers write it: no path, no wildcard, nothing that could end a policy and begin another. */
const ORIGIN = /^https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/**
 * @param {string | undefined} [list] origins with spaces between them, such as "https://docs.example.com https://help.example.com"
 * @returns {readonly string[]} in the order given; empty: everybody may frame an embed
 * @throws {TypeError} when one of them is no origin: a list with a mistake in it must not become a build
 */
export function embedAncestors(list = process.env['EMBED_ANCESTORS']) {
	const origins = (list ?? '').split(/\s+/).filter(Boolean);
	for (const origin of origins)
		if (!ORIGIN.test(origin) || new URL(origin).origin !== origin)
			throw new TypeError(`EMBED_ANCESTORS: no origin: ${JSON.stringify(origin)}`);
	return [...new Set(origins)];
}
