// Node built-ins only: start.js and test.js run before anything is installed.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** What the steps print. Git ignores it. */
const LOGS = join(root, 'logs');
const LAST_LINES = 60;

/** Where the same sources lie as the build of another version: tests update to it. */
export const NEXT_VERSION = 'node_modules/.cache/next-version';

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Runs a command in the project's folder: one line when it starts, one when it ends, and all that it prints in a log. A
 * failure is told and ends the program.
 *
 * @param {string} promise what it is true afterwards, as a sentence
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
 * @returns {string} the path of its log, in a folder that is there
 */
export function logOf(name) {
	mkdirSync(LOGS, { recursive: true });
	return join(LOGS, `${name}.log`);
}

/**
 * The end of the log, where all of it is, and the one command that repeats it.
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
