// Node built-ins only: start.js and test.js run before anything is installed.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** The output of the steps. Git ignores this folder. */
const LOGS = join(root, 'logs');
const LAST_LINES = 60;

/** A build of the same sources with another version, used by the tests of updates. */
export const NEXT_VERSION = 'node_modules/.cache/next-version';

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Runs a command in the project's folder. Prints one line at its start and one at its end, and writes its output to a log. A
 * failure is printed and ends the program.
 *
 * @param {string} promise a sentence that is true if the command succeeds
 * @param {string} command
 */
export function step(promise, command) {
	const start = performance.now();
	const log = logOf(command.replaceAll(/[^a-z]+/gi, '-').slice(0, 40));
	console.log(`> ${promise}: ${command}`);
	const file = openSync(log, 'w');
	const { status } = spawnSync(command, { cwd: root, shell: true, stdio: ['ignore', file, file] });
	closeSync(file);
	const ms = performance.now() - start;
	if (status !== 0) {
		tellFailure({ promise, ms, log, again: command });
		process.exit(1);
	}
	console.log(`< ${promise}: ${seconds(ms)}`);
}

/**
 * @param {string} name
 * @returns {string} the path of the log, in an existing folder
 */
export function logOf(name) {
	mkdirSync(LOGS, { recursive: true });
	return join(LOGS, `${name}.log`);
}

/**
 * Prints the end of the log, the path of the log, and the command that repeats the step.
 *
 * @param {{ promise: string, ms: number, log: string, again: string }} failure
 */
export function tellFailure({ promise, ms, log, again }) {
	const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
	console.error(`\n${lines.slice(-LAST_LINES).join('\n')}`);
	console.error(`\nfailed after ${seconds(ms)}: ${promise}`);
	console.error(`whole log: ${relative(process.cwd(), log)}`);
	console.error(`to repeat: ${again}`);
}

export function installPackages() {
	if (arePackagesMissing())
		step('The packages of the lock file are installed', 'npm ci --no-audit --no-fund');
}

function arePackagesMissing() {
	// npm writes this file last. An interrupted installation, or one of another lock file, is therefore repeated.
	const installed = changedAt('node_modules/.package-lock.json');
	return installed === 0 || installed < changedAt('package-lock.json');
}

/**
 * @param {string} path
 * @returns {number} 0 if the file does not exist
 */
function changedAt(path) {
	return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
