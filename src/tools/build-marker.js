// The last file that a build writes: with it the build is whole. Node built-ins only: start.js reads it before there are packages.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceVersion } from './source-version.js';

/** No host serves it, and it is in no zip. */
export const MARKER = '.build.json';

/**
 * @typedef {object} Marker
 * @property {string} sources the name of the sources, as `sourceVersion` gives it
 * @property {string} version the version that the build says
 * @property {string[]} routes kit's names of all routes, such as "/keys/[keyId]"
 */

/**
 * @param {string} folder the build
 * @returns {Marker | undefined} undefined when no build was written there to its end
 */
export function readMarker(folder) {
	try {
		/** @type {unknown} */
		const marker = JSON.parse(readFileSync(join(folder, MARKER), 'utf8'));
		return /** @type {Marker} */ (marker);
	} catch {
		return undefined;
	}
}

/**
 * @param {string} folder
 * @param {Marker} marker
 */
export function writeMarker(folder, marker) {
	writeFileSync(join(folder, MARKER), `${JSON.stringify(marker)}\n`);
}

/** @param {string} folder */
export function removeMarker(folder) {
	rmSync(join(folder, MARKER), { force: true });
}

/**
 * @param {string} folder
 * @param {string} [sources] the name of the sources as they are now
 * @param {string} [version] the version that the build would say
 * @returns {boolean} whether a build of these very sources was written there to its end
 */
export function isBuilt(
	folder,
	sources = sourceVersion(),
	version = process.env['APP_VERSION'] ?? sources
) {
	const marker = readMarker(folder);
	return marker?.sources === sources && marker.version === version;
}
