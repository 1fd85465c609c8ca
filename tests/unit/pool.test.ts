/** Steps of the checks lead process groups of their own: no signal reaches them unless it is handed on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const POOL = pathToFileURL(resolve('src/tools/pool.js')).href;

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
	'%s ends what a step started',
	async (signal) => {
		const folder = mkdtempSync(join(tmpdir(), 'pool-'));
		onTestFinished(() => {
			rmSync(folder, { recursive: true });
		});
		const started = join(folder, 'pid');
		const task = {
			...{ name: `ended-by-${signal}`, promise: 'it sleeps', again: 'npm test' },
			...{
				command: `sleep 60 & echo $! > ${started}.new && mv ${started}.new ${started}; wait`,
				env: {}
			},
			isIdle: true
		};
		const program = `import { runTasks } from '${POOL}'; await runTasks([${JSON.stringify(task)}]);`;
		const pool = spawn(process.execPath, ['--input-type=module', '--eval', program], {
			stdio: 'ignore'
		});
		const ended = once(pool, 'exit');
		await expect.poll(() => existsSync(started), { timeout: 20_000 }).toBe(true);
		const pid = Number(readFileSync(started, 'utf8'));
		expect(isRunning(pid)).toBe(true);
		onTestFinished(() => {
			if (isRunning(pid)) process.kill(pid);
		});
		pool.kill(signal);
		await ended;
		await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
	}
);
