// Steps side by side: one lane for each core, its steps one after the other. Node built-ins only.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { root, seconds } from './run.js';

/**
 * @typedef {object} Step
 * @property {string} name short: it stands before every line that the command prints
 * @property {string} promise what it is true afterwards, as a sentence
 * @property {string} command
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Each child leads a process group, so what it started goes with it, and nothing else does. */
function stopAll() {
	for (const { pid } of running)
		try {
			if (pid !== undefined) process.kill(-pid, 'SIGTERM');
		} catch {
			// ended by itself just now
		}
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
	process.on(signal, () => {
		stopAll();
		process.exit(1);
	});

/**
 * Runs the lanes beside each other. The first failure stops the others and ends the program, named in its last line.
 *
 * @param {...Step[]} lanes
 * @returns {Promise<{ promise: string, ms: number }[]>} what each step took, in the order of the lanes
 */
export async function runLanes(...lanes) {
	const times = await Promise.all(
		lanes.map(async (steps) => {
			const done = [];
			for (const step of steps) done.push({ promise: step.promise, ms: await run(step) });
			return done;
		})
	);
	return times.flat();
}

/**
 * @param {Step} step
 * @returns {Promise<number>} milliseconds
 */
async function run({ name, promise, command }) {
	const start = performance.now();
	console.log(`\n> ${promise} (${command})`);
	const child = spawn(command, {
		cwd: root,
		shell: true,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe']
	});
	running.add(child);
	for (const stream of [child.stdout, child.stderr])
		createInterface({ input: stream }).on('line', (line) => {
			console.log(`${name} | ${line}`);
		});
	await once(child, 'close');
	running.delete(child);
	const ms = performance.now() - start;
	if (child.exitCode !== 0) {
		stopAll();
		console.error(`\nfailed after ${seconds(ms)}: ${promise} (${command})`);
		process.exit(1);
	}
	console.log(`< ${promise}: ${seconds(ms)}`);
	return ms;
}
