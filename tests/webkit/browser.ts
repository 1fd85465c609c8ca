/** A WebKitGTK browser of its own: home, downloads and display are made for it and go with it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { vi } from 'vitest';
import { freePort } from '../../src/tools/free-port.js';
import { WebDriver } from './webdriver';

export interface Browser {
	readonly driver: WebDriver;
	/** The folder that downloads go to without a question. */
	readonly downloads: string;
	readonly close: () => Promise<void>;
}

const START_MS = 30_000;

/** @param programs paths of the two, as the caller has found them */
export async function startBrowser(programs: {
	readonly webKitWebDriver: string;
	readonly xvfb: string;
}): Promise<Browser> {
	const home = mkdtempSync(join(tmpdir(), 'webkit-'));
	const downloads = join(home, 'downloads');
	mkdirSync(downloads);
	mkdirSync(join(home, '.config'));
	writeFileSync(join(home, '.config', 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/downloads"\n');

	const children: ChildProcess[] = [];
	async function close(): Promise<void> {
		for (const child of children.reverse()) await end(child);
		rmSync(home, { recursive: true, force: true, maxRetries: 5 });
	}
	try {
		// it chooses a display that is free, and writes its number to this descriptor
		const xvfb = spawn(programs.xvfb, ['-displayfd', '3', '-screen', '0', '1280x1000x24'], {
			stdio: ['ignore', 'ignore', 'ignore', 'pipe']
		});
		children.push(xvfb);
		const [display] = (await once(xvfb.stdio[3] as Readable, 'data')) as [Buffer];
		const port = await freePort();
		const process_ = spawn(programs.webKitWebDriver, [`--port=${String(port)}`], {
			stdio: 'ignore',
			// nothing else of this machine's settings: some of them make WebKitGTK hang
			env: {
				PATH: process.env['PATH'],
				HOME: home,
				LANG: 'en_US.UTF-8',
				DISPLAY: `:${display.toString().trim()}`,
				GDK_BACKEND: 'x11'
			}
		});
		children.push(process_);
		const driver = await vi.waitFor(() => WebDriver.start(port), { timeout: START_MS });
		return {
			driver,
			downloads,
			close: () => driver.quit().finally(close)
		};
	} catch (problem) {
		await close();
		throw problem;
	}
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill();
	await ended;
}
