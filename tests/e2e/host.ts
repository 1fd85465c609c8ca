/** A host of the test's own: one that can be switched to another version, lose files, and go away. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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
	/** From now on the file comes with another text. A page's own requests, its workers' and the service worker's are the same here. */
	change(file: RegExp, edit: (text: string) => string): void;
	/** From now on no answer comes for the file. */
	lose(file: RegExp): void;
	/** From now on the file's answer waits for `restore`. */
	hold(file: RegExp): void;
	/** From now on the page comes in pieces, one of which ends at each match, as over a slow network. */
	inPieces(page: string, end: RegExp): void;
	/** All files are again as they are in the folder. */
	restore(): void;
	/** The network is gone, for every browser and for good. */
	stop(): void;
}

type Answer = (response: ServerResponse, pathname: string, asInFolder: () => void) => unknown;

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
	const changes = new Map<RegExp, Answer>();
	const held: (() => void)[] = [];
	const answer = createAnswer(() => current, sendsPolicies ? {} : { headers: withoutPolicy });
	const server = createServer((request, response) => {
		const { url = '' } = request;
		onRequest?.(url);
		const { pathname } = new URL(url, 'http://host');
		const asInFolder = () => {
			answer(request, response);
		};
		const [, change = asInFolder] = [...changes].find(([file]) => file.test(pathname)) ?? [];
		change(response, pathname, asInFolder);
	});
	const port = await listen(server, 0);
	const host: Host = {
		origin: `http://localhost:${String(port)}`,
		use: (next) => (current = next),
		change: (file, edit) =>
			changes.set(file, (response, pathname) => {
				answerChanged(response, current, pathname, edit);
			}),
		lose: (file) => changes.set(file, (response) => response.destroy()),
		hold: (file) => changes.set(file, (_response, _pathname, asInFolder) => held.push(asInFolder)),
		inPieces: (page, end) =>
			changes.set(new RegExp(`^/${page}$`), (response) => {
				void answerInPieces(response, current, `${page}.html`, end);
			}),
		restore: () => {
			changes.clear();
			for (const release of held.splice(0)) release();
		},
		stop: () => {
			server.closeAllConnections();
			server.close();
		}
	};
	return host;
}

const TYPES: Readonly<Record<string, string>> = {
	'.js': 'text/javascript',
	'.html': 'text/html; charset=utf-8'
};

function answerChanged(
	response: ServerResponse,
	folder: string,
	pathname: string,
	edit: (text: string) => string
): void {
	const path = pathname.slice(1);
	response.writeHead(200, {
		...headersOf(path),
		'content-type': TYPES[extname(path)] ?? 'text/plain',
		'cache-control': 'no-store'
	});
	response.end(edit(readFileSync(join(folder, path), 'utf8')));
}

/** A host sends so many bytes at once: ten packets, https://www.rfc-editor.org/rfc/rfc6928. */
const FIRST_BYTES = 14_000;
/** A browser paints what is there between two of them. */
const BETWEEN_PIECES_MS = 50;

async function answerInPieces(
	response: ServerResponse,
	folder: string,
	path: string,
	end: RegExp
): Promise<void> {
	const page = readFileSync(join(folder, path), 'utf8');
	response.writeHead(200, { ...headersOf(path), 'content-type': TYPES['.html'] });
	let sent = 0;
	for (const { 0: match, index } of page.matchAll(new RegExp(end, 'g'))) {
		const to = index + match.length;
		if (to < FIRST_BYTES) continue;
		response.write(page.slice(sent, to));
		sent = to;
		await setTimeout(BETWEEN_PIECES_MS);
	}
	response.end(page.slice(sent));
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
