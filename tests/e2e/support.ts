/** What every end-to-end test stands on: a page that reports every problem, and the machine's own openssl. */
import { expect, test as base, type BrowserContext } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILD, startHost, type Host } from './host';

export interface Terminal {
	/** The folder that commands run in and that files are named from. */
	readonly folder: string;
	/** `openssl('rand', '-out', 'key.bin', '32')` answers with what it printed. */
	readonly openssl: (...args: string[]) => string;
	readonly path: (name: string) => string;
	readonly read: (name: string) => Buffer;
	readonly write: (name: string, content: string | Uint8Array) => void;
}

interface Fixtures {
	/** Names that pages may ask: the app's, and those of other servers of the test. */
	readonly hosts: readonly string[];
	/** What went wrong so far; the test fails at its end unless this is empty. */
	readonly problems: string[];
	readonly terminal: Terminal;
	/** The app on an origin of the test's own, whose files can be changed or lost. */
	readonly ownApp: Host;
	/** Opens a browser of its own, which keeps what it stores when it is closed and opened again. */
	readonly openBrowser: (locale?: string) => Promise<BrowserContext>;
}

/**
 * Errors and warnings of the console (a violation of the content policy is one), errors that a page threw, and requests
 * to another origin, by pages or their workers. For a context that the test makes itself.
 */
export function collectProblems(
	context: BrowserContext,
	hosts: readonly string[] = ['localhost'],
	isExpected: (problem: string, address: string) => boolean = () => false
): string[] {
	const problems: string[] = [];
	const note = (problem: string, address = '') => {
		if (isExpected(problem, address)) return;
		// Firefox reports requests, without their address, of a page that was left before they were answered
		if (problem.startsWith('Failed to load ‘’')) return;
		if (wasLeftWhileItLoaded(problem)) return;
		// requested by the browser itself if a document names no icon
		if (/\/favicon\.ico\b/.test(problem + address)) return;
		problems.push(problem);
	};
	const missing = new Set<string>();
	context.on('response', (response) => {
		if (response.status() === 404 && response.request().isNavigationRequest())
			missing.add(withoutHash(response.url()));
	});
	context.on('console', (message) => {
		// the app's page came with the status that there is none of this address
		if (missing.has(withoutHash(message.location().url)) && message.text().includes('404')) return;
		if (['error', 'warning'].includes(message.type())) note(message.text(), message.location().url);
	});
	context.on('weberror', (event) => {
		note(String(event.error()));
	});
	context.on('request', (request) => {
		const { protocol, hostname } = new URL(request.url());
		if (!['data:', 'blob:'].includes(protocol) && !hosts.includes(hostname))
			problems.push(`request to another origin: ${request.url()}`);
	});
	return problems;
}

/**
 * SvelteKit doesn't catch the failure of what it loads at the start if the user leaves meanwhile, and Firefox reports it. A file
 * that is in the build can be loaded.
 */
function wasLeftWhileItLoaded(problem: string): boolean {
	const [, path] =
		/^TypeError: error loading dynamically imported module: https?:\/\/[^/]+(\/\S+)$/.exec(
			problem
		) ?? [];
	return path !== undefined && existsSync(`${BUILD}${path}`);
}

/** Chromium reports it: demos are not stored for the console. */
const isDemoWithoutHost = (problem: string, address: string): boolean =>
	problem.includes('ERR_CONNECTION_REFUSED') && new URL(address).pathname.startsWith('/embed/');

const withoutHash = (address: string): string => address.replace(/#.*/, '');

export const test = base.extend<Fixtures>({
	hosts: [['localhost'], { option: true }],
	problems: [
		async ({ context, hosts }, use) => {
			const problems = collectProblems(context, hosts);
			await use(problems);
			expect(problems).toEqual([]);
		},
		{ auto: true }
	],

	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	ownApp: async ({}, use) => {
		const app = await startHost();
		await use(app);
		app.stop();
	},

	openBrowser: async ({ playwright, browserName, launchOptions, channel }, use, info) => {
		const opened: { context: BrowserContext; problems: readonly string[] }[] = [];
		await use(async (locale = 'en-US') => {
			const context = await playwright[browserName].launchPersistentContext(
				info.outputPath('profile'),
				{ ...launchOptions, ...(channel && { channel }), locale }
			);
			opened.push({ context, problems: collectProblems(context, undefined, isDemoWithoutHost) });
			return context;
		});
		for (const { context } of opened) await context.close();
		expect(opened.flatMap((browser) => browser.problems)).toEqual([]);
	},

	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
	terminal: async ({}, use) => {
		const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
		const path = (name: string) => join(folder, name);
		await use({
			folder,
			path,
			openssl: (...args) => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' }),
			read: (name) => readFileSync(path(name)),
			write: (name, content) => {
				writeFileSync(path(name), content);
			}
		});
		rmSync(folder, { recursive: true });
	}
});

export { expect };
