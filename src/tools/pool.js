// Runs steps in parallel by `concurrently`: one for each core, plus the steps that mostly wait.
import { createConcurrently } from 'concurrently';
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { logOf, root, seconds, tellFailure } from './run.js';

/** @typedef {import('concurrently').Command} Command */

/**
 * @typedef {object} Task
 * @property {string} name
 * @property {string} promise a sentence that is true if the step succeeds
 * @property {string} command
 * @property {Record<string, string>} env added to the environment of this process
 * @property {boolean} isIdle the step mostly waits
 * @property {string} again the command that repeats the step
 */

/** @type {Command[]} */
const running = [];
/** No step starts after a failure. */
const stopped = new AbortController();

function stopAll() {
	stopped.abort();
	for (const command of running) command.kill('SIGTERM');
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
	process.once(signal, () => {
		stopAll();
		process.exit(1);
	});

/**
 * Runs the tasks. The first failure stops the other tasks, is printed, and ends the program.
 *
 * @param {readonly Task[]} tasks
 */
export async function runTasks(tasks) {
	await Promise.all([
		runPool(
			tasks.filter(({ isIdle }) => !isIdle),
			availableParallelism()
		),
		runPool(
			tasks.filter(({ isIdle }) => isIdle),
			tasks.length
		)
	]);
}

/**
 * @param {readonly Task[]} tasks
 * @param {number} maxProcesses
 */
async function runPool(tasks, maxProcesses) {
	if (tasks.length === 0) return;
	const logs = /** @type {Promise<void>[]} */ ([]);
	const { result } = createConcurrently(
		tasks.map(({ name, command, env }) => ({ name, command, env })),
		{
			cwd: root,
			maxProcesses,
			// each command leads a process group, so that ending it ends exactly the processes it started
			spawn: (command, options) =>
				spawn(command, {
					...options,
					stdio: ['ignore', 'pipe', 'pipe'],
					shell: true,
					detached: true
				}),
			kill: killGroup,
			abortSignal: stopped.signal,
			controllers: [
				{
					handle(commands) {
						for (const [index, task] of tasks.entries()) {
							const command = commands[index];
							if (command) logs.push(follow(command, task));
						}
						return { commands };
					}
				}
			]
		}
	);
	try {
		await result;
	} catch {
		// print the failed step first
		await Promise.all(logs);
		process.exit(1);
	}
	await Promise.all(logs);
}

/**
 * @param {number} pid
 * @param {string} [signal]
 */
function killGroup(pid, signal = 'SIGTERM') {
	try {
		process.kill(-pid, signal);
	} catch {
		// the process has just ended by itself
	}
}

/**
 * @param {Command} command
 * @param {Task} task
 * @returns {Promise<void>} resolves when the step has ended and its log is complete
 */
function follow(command, { name, promise, again }) {
	const log = logOf(name);
	const file = createWriteStream(log);
	const write = (/** @type {Buffer} */ chunk) =>
		file.write(stripVTControlCharacters(chunk.toString()));
	command.stdout.subscribe(write);
	command.stderr.subscribe(write);
	command.timer.subscribe(({ endDate }) => {
		if (endDate) return;
		running.push(command);
		console.log(`> ${name}: ${promise}`);
	});
	return new Promise((resolve) => {
		command.close.subscribe(({ exitCode, killed, timings }) => {
			running.splice(running.indexOf(command), 1);
			if (exitCode !== 0) stopAll();
			const ms = timings.durationSeconds * 1000;
			file.end(() => {
				if (exitCode === 0) console.log([`< ${name}: ${seconds(ms)}`, ...countsIn(log)].join(', '));
				else if (!killed) {
					tellFailure({ promise, ms, log, again });
					process.exit(1);
				}
				resolve();
			});
		});
	});
}

/**
 * The numbers of passed and skipped tests, from the last lines of Vitest and Playwright.
 *
 * @param {string} log
 * @returns {string[]} empty if no tests ran
 */
function countsIn(log) {
	const text = readFileSync(log, 'utf8');
	const vitest = /^ +Tests +(\S.*?)(?: \(\d+\))?$/m.exec(text)?.[1];
	if (vitest !== undefined) return vitest.split(' | ');
	return Array.from(text.matchAll(/^ +(\d+ (?:passed|skipped))\b/gm), ([, count = '']) => count);
}
