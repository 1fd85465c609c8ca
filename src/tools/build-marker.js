// The last file that a build writes: it marks a complete build. Node built-ins only: start.js reads it before packages exist.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceVersion } from './source-version.js';

/** No host serves this file, and the zip doesn't contain it. */
export const MARKER = '.build.json';

/**
 * @typedef {object} Marker
 * @property {string} sources the name of the sources, as `sourceVersion` gives it
 * @property {string} version the version that the build reports
 * @property {string[]} routes kit's names of all routes, such as "/keys/[keyId]"
 */

/**
 * @param {string} folder the build
 * @returns {Marker | undefined} undefined if the folder has no complete build
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
 * @param {string} [sources] the name of the present sources
 * @param {string} [version] the version that a build would report
 * @returns {boolean} whether the folder has a complete build of exactly these sources
 */
export function isBuilt(
	folder,
	sources = sourceVersion(),
	version = process.env['APP_VERSION'] ?? sources
) {
	const marker = readMarker(folder);
	return marker?.sources === sources && marker.version === version;
}
