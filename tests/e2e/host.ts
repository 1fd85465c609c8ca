/** A host of the test's own: one that can be switched to another version, lose files, and go away. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import type { OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { NEXT_VERSION } from '../../src/tools/run.js';
import { serve } from '../../src/tools/serve.js';

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
	const server = await serve(() => current, 0);
	const answer = server.listeners('request')[0] as RequestListener;
	server.removeAllListeners('request').on('request', (request, response) => {
		onRequest?.(request.url ?? '');
		if (host.lost !== undefined && request.url?.endsWith(host.lost)) {
			response.destroy();
			return;
		}
		if (!sendsPolicies) leaveOutPolicies(response);
		answer(request, response);
	});
	const host: Host = {
		origin: `http://localhost:${String((server.address() as AddressInfo).port)}`,
		use: (next) => (current = next),
		lost: undefined,
		stop: () => {
			server.closeAllConnections();
			server.close();
		}
	};
	return host;
}

function leaveOutPolicies(response: ServerResponse): void {
	const writeHead = response.writeHead.bind(response) as (
		status: number,
		headers: OutgoingHttpHeaders
	) => ServerResponse;
	response.writeHead = ((status: number, headers: OutgoingHttpHeaders = {}) => {
		const kept = Object.entries(headers).filter(([name]) => name !== 'content-security-policy');
		return writeHead(status, Object.fromEntries(kept));
	}) as typeof response.writeHead;
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
