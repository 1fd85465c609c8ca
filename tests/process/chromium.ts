/** A Chromium with a profile on the disk that outlives it: it can be killed, and started again over what it left. */
import { chromium, type BrowserContext } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from '../../src/tools/browsers.js';

/** Nothing of it talks to anybody by itself. */
const QUIET = [
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];
/** Root has no sandbox of the browser's. */
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export function startChromium(profile: string): Promise<BrowserContext> {
	const executablePath = findChromium();
	return chromium.launchPersistentContext(profile, {
		...(executablePath !== undefined && { executablePath }),
		args: QUIET,
		locale: 'en-US'
	});
}

/** Without a debugger, which keeps service workers alive. Nobody can look into it: its pages have to tell. */
export function startChromiumAlone(profile: string, address: string): ChildProcess {
	const args = ['--headless=new', `--user-data-dir=${profile}`, ...QUIET, ...AS_ROOT, address];
	return spawn(findChromium() ?? chromium.executablePath(), args, { stdio: 'ignore' });
}

/** Ends every process of that profile as a power cut would. */
export function killChromium(profile: string): void {
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		if (!argumentsOf(pid).includes(`--user-data-dir=${profile}`)) continue;
		try {
			process.kill(Number(pid), 'SIGKILL');
		} catch {
			// it was quicker
		}
	}
}

function argumentsOf(pid: string): string[] {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
	} catch {
		return [];
	}
}

/** What was killed may still be writing; a folder that cannot be removed is the system's to clear away. */
export function removeFolder(folder: string): void {
	try {
		rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
	} catch (error) {
		console.warn(`left behind: ${folder}: ${String(error)}`);
	}
}
