/** A host of the test's own: one that can be switched to another version, lose files, and go away. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { headersOf } from '../../src/tools/headers.js';
import { listen } from '../../src/tools/listen.js';
import { NEXT_VERSION } from '../../src/tools/run.js';
import { createAnswer } from '../../src/tools/serve.js';

const ROOT = join(import.meta.dirname, '../..');
export const BUILD = join(ROOT, 'build');

/** A hundred files are stored at the first visit, while other tests may run beside it. */
export const UNTIL_STORED = { timeout: 30_000 };

export interface Host {
	readonly origin: string;
	/** What it serves from now on. */
	use(folder: string): void;
	/** A file that no answer comes for, until it is undefined again. */
	lost: string | undefined;
	/** The network is gone, for every browser and for good. */
	stop(): void;
}

interface HostOptions {
	/** Whether it sends the policies that docs/hosting.md asks for. */
	readonly sendsPolicies?: boolean;
	/** Hears of the address, path and query, of each request. */
	readonly onRequest?: (address: string) => void;
}

export async function startHost(
	folder = BUILD,
	{ sendsPolicies = true, onRequest }: HostOptions = {}
): Promise<Host> {
	let current = folder;
	const answer = createAnswer(() => current, sendsPolicies ? {} : { headers: withoutPolicy });
	const server = createServer((request, response) => {
		onRequest?.(request.url ?? '');
		if (host.lost !== undefined && request.url?.endsWith(host.lost)) response.destroy();
		else answer(request, response);
	});
	const port = await listen(server, 0);
	const host: Host = {
		origin: `http://localhost:${String(port)}`,
		use: (next) => (current = next),
		lost: undefined,
		stop: () => {
			server.closeAllConnections();
			server.close();
		}
	};
	return host;
}

function withoutPolicy(path: string): Record<string, string> {
	const policy = 'content-security-policy';
	return Object.fromEntries(Object.entries(headersOf(path)).filter(([name]) => name !== policy));
}

/** The same sources built as the version "next": made once, and again after each build. */
export function nextVersion(): string {
	const folder = join(ROOT, NEXT_VERSION);
	const madeAt = (build: string) =>
		statSync(join(build, 'service-worker.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
	if (madeAt(folder) < madeAt(BUILD))
		execFileSync('npm', ['run', '--silent', 'build'], {
			cwd: ROOT,
			env: { ...process.env, APP_VERSION: 'next', BUILD_DIR: folder },
			stdio: 'ignore'
		});
	return folder;
}
