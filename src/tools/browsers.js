// The programs that the tests drive, found as a shell finds them.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first of the names that is found on PATH.
 *
 * @param {...string} names
 * @returns {string | undefined}
 */
export function findProgram(...names) {
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * A web server lies where only root looks.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export const findServer = (name) =>
	findProgram(name) ?? [`/usr/sbin/${name}`].find((file) => isExecutable(file));

/** The three that docs/hosting has configurations for; either all are there, or none is driven. */
export function findServers() {
	const [nginx, caddy, apache] = ['nginx', 'caddy', 'apache2'].map(findServer);
	return nginx && caddy && apache ? { nginx, caddy, apache } : undefined;
}

/** @param {string} file */
function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

export const findChromium = () =>
	process.env['CHROMIUM_PATH'] ??
	findProgram('chromium', 'chromium-browser', 'google-chrome', 'chrome');

export const findFirefox = () => process.env['FIREFOX_PATH'] ?? findProgram('firefox-esr');

/** WebKitGTK is driven through two programs; either both are there, or it is not. */
export function findWebKit() {
	const webKitWebDriver = findProgram('WebKitWebDriver');
	const xvfb = findProgram('Xvfb');
	return webKitWebDriver && xvfb ? { webKitWebDriver, xvfb } : undefined;
}
