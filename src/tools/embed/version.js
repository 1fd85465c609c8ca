// The version of a build, as the embeds have it in their pages, scripts and style sheets.

/** It stands in attributes, in comments and in the name of a cache. */
const VERSION = /^[\w.+-]+$/;

/**
 * @param {string | undefined} [version]
 * @returns {string}
 * @throws {TypeError} when there is none: the service worker of the embeds would hold any two builds for one
 */
export function embedVersion(version = process.env['APP_VERSION']) {
	if (version === undefined || !VERSION.test(version))
		throw new TypeError(`APP_VERSION: no version: ${JSON.stringify(version)}`);
	return version;
}
