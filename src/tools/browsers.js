// Finds the programs that the tests drive, as a shell does.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first of these names on PATH.
 *
 * @param {...string} names
 * @returns {string | undefined}
 */
export function findProgram(...names) {
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/**
 * Web servers are in folders that only root has on PATH.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export const findServer = (name) =>
	findProgram(name) ?? [`/usr/sbin/${name}`].find((file) => isExecutable(file));

/** The three web servers with configurations in docs/hosting. The tests run only if all three are installed. */
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

/** WebKitGTK needs two programs. The tests run only if both are installed. */
export function findWebKit() {
	const webKitWebDriver = findProgram('WebKitWebDriver');
	const xvfb = findProgram('Xvfb');
	return webKitWebDriver && xvfb ? { webKitWebDriver, xvfb } : undefined;
}
