/** The machine's own openssl, in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bytes } from '$lib/domain/bytes';

export interface Machine {
	/** Runs a line of shell in the folder. */
	readonly run: (command: string) => string;
	readonly read: (name: string) => Bytes;
	readonly write: (name: string, content: Uint8Array | string) => void;
	readonly remove: () => void;
}

export function startMachine(): Machine {
	const folder = mkdtempSync(join(tmpdir(), 'machine-'));
	return {
		run: (command) =>
			execFileSync('sh', ['-e', '-c', command], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }),
		read: (name) => new Uint8Array(readFileSync(join(folder, name))),
		write: (name, content) => {
			writeFileSync(join(folder, name), content);
		},
		remove: () => {
			rmSync(folder, { recursive: true });
		}
	};
}

export const HAS_OPENSSL = hasOpenssl();
if (!HAS_OPENSSL) console.warn('SKIPPED: no openssl command on this machine');

function hasOpenssl(): boolean {
	try {
		execFileSync('openssl', ['version'], { stdio: 'pipe' });
		return true;
	} catch {
		return false;
	}
}
