// Installs the programs that the tests drive, where possible. Node built-ins only, until the packages are installed.
import { existsSync } from 'node:fs';
import { findChromium, findFirefox, findProgram, findServers, findWebKit } from './browsers.js';
import { step } from './run.js';

/**
 * @typedef {object} Program
 * @property {string} packages Debian's names
 * @property {() => unknown} find
 * @property {true} [isLong] only `npm run test:all` uses the program
 * @property {string} [tests] the tests that don't run without the program; absent: no test runs without it
 */

/** @type {readonly Program[]} */
const PROGRAMS = [
	{ packages: 'openssl', find: () => findProgram('openssl') },
	{
		packages: 'xxd file',
		find: () => findProgram('xxd') && findProgram('file'),
		tests: 'the commands xxd and file of the terminal, beside the machine’s'
	},
	{ packages: 'chromium', find: findChromium },
	{
		packages: 'firefox-esr',
		find: findFirefox,
		tests: 'the end-to-end tests, and those of crypto, storage and service, in Firefox'
	},
	{
		packages: 'webkit2gtk-driver xvfb',
		find: findWebKit,
		tests: 'the documented import in WebKitGTK'
	},
	{
		packages: 'nginx caddy apache2-bin media-types',
		find: findServers,
		isLong: true,
		tests: 'the documented configurations in nginx, Caddy and Apache'
	}
];

/** @param {boolean} isAll */
const missing = (isAll) => PROGRAMS.filter(({ find, isLong }) => (isAll || !isLong) && !find());
const install = (/** @type {readonly Program[]} */ programs) =>
	`apt-get -qq update && apt-get -qq install -y ${programs.map(({ packages }) => packages).join(' ')}`;

/**
 * Does nothing if all programs are installed, or the user may not install them.
 *
 * @param {boolean} isAll whether this is `npm run test:all`
 */
export function installPrograms(isAll) {
	const programs = missing(isAll);
	if (programs.length === 0 || process.getuid?.() !== 0 || !findProgram('apt-get')) return;
	step(
		'Browsers and openssl are installed',
		// programs that are still missing are reported later, and may be optional
		`export DEBIAN_FRONTEND=noninteractive; ${install(programs)} || echo 'not everything'`
	);
}

/**
 * Ends the process if a program is missing that every test needs.
 *
 * @param {boolean} isAll whether this is `npm run test:all`
 * @returns {Promise<string[]>} for each missing program, a line with the tests that don't run
 */
export async function missingPrograms(isAll) {
	const programs = missing(isAll);
	const needed = programs.filter(({ tests }) => tests === undefined);
	if (needed.some(({ packages }) => packages !== 'chromium') || !(await hasChromium())) {
		console.error(
			'\nThe tests need Chromium and openssl. On Debian this brings all that they use:'
		);
		console.error(`sudo sh -c '${install(programs)}'`);
		console.error(
			'Elsewhere install openssl, and run: npx playwright install --with-deps chromium'
		);
		process.exit(1);
	}
	return programs
		.filter(({ tests }) => tests !== undefined)
		.map(
			(program) =>
				`!!! NOT TESTED: ${program.tests ?? ''}. To test it: sudo sh -c '${install([program])}'`
		);
}

/** On PATH, or Playwright's own. */
async function hasChromium() {
	if (findChromium()) return true;
	const { chromium } = await import('playwright');
	return existsSync(chromium.executablePath());
}
