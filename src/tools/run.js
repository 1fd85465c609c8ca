// Node built-ins only: start.js and test.js run before anything is installed.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/**
 * Runs a command in the project's folder with its output shown.
 *
 * @param {string} command
 * @returns {boolean} whether it succeeded
 */
function succeeds(command) {
	return spawnSync(command, { cwd: root, shell: true, stdio: 'inherit' }).status === 0;
}

/**
 * The same, with its time; a failure ends the program.
 *
 * @param {string} promise what it is true afterwards, as a sentence
 * @param {string} command
 */
export function step(promise, command) {
	const start = performance.now();
	console.log(`\n> ${promise} (${command})`);
	if (!succeeds(command)) {
		console.error(`\nfailed: ${promise} (${command})`);
		process.exit(1);
	}
	console.log(`< ${seconds(performance.now() - start)}`);
}

/** Where the same sources lie as the build of another version: tests update to it. */
export const NEXT_VERSION = 'node_modules/.cache/next-version';

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

export const PACKAGES = {
	name: 'packages',
	promise: 'The packages of the lock file are installed',
	command: 'npm ci'
};

export function installPackages() {
	if (arePackagesMissing()) step(PACKAGES.promise, PACKAGES.command);
}

export function arePackagesMissing() {
	// npm writes this file last, so an interrupted installation is repeated, and so is one of another lock file.
	const installed = changedAt('node_modules/.package-lock.json');
	return installed === 0 || installed < changedAt('package-lock.json');
}

/**
 * @param {string} path
 * @returns {number} 0 when there is no such file
 */
function changedAt(path) {
	return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
