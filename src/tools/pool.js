// Steps side by side, by `concurrently`: one for each core, and beside them those that do little but wait.
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
 * @property {string} promise what it is true afterwards, as a sentence
 * @property {string} command
 * @property {Record<string, string>} env beside that of this process
 * @property {boolean} isIdle it does little but wait
 * @property {string} again the one command that repeats it
 */

/** @type {Command[]} */
const running = [];
/** No step starts after it. */
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
 * Runs the tasks. The first failure stops the others, is told, and ends the program.
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
			// each leads a process group, so what it started goes with it, and nothing else does
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
		// the step that failed is told first
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
		// ended by itself just now
	}
}

/**
 * @param {Command} command
 * @param {Task} task
 * @returns {Promise<void>} when it has ended and its log is whole
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
 * How many tests passed or were skipped, as Vitest and Playwright say at their end.
 *
 * @param {string} log
 * @returns {string[]} nothing where no tests ran
 */
function countsIn(log) {
	const text = readFileSync(log, 'utf8');
	const vitest = /^ +Tests +(.+?)(?: \(\d+\))?$/m.exec(text)?.[1];
	if (vitest !== undefined) return vitest.split(' | ');
	return Array.from(text.matchAll(/^ +(\d+ (?:passed|skipped))\b/gm), ([, count = '']) => count);
}
