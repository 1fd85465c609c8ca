/**
 * The service worker's half of what an embed needs once it was seen and the network is gone. It keeps what was loaded, file
 * by file, and nothing that was not: a help page shows one demo, and there are fifty. The files of one version are kept
 * together, in a cache of its name. Pages come from the network first, so that a new version is seen at once.
 */
import { embedPolicy, SCRIPT_POLICY } from '../../../tools/headers.js';

export interface KeepOptions {
	/** Differs from build to build. */
	readonly version: string;
	/** Where the embeds lie on the origin, with a slash at the end. The rest of the origin is not ours. */
	readonly folder: string;
	/** Origins whose pages may frame an embed; none: everybody may. */
	readonly allowed: readonly string[];
}

export interface Keeper {
	/** Stores those of the addresses that are ours, and what such a page may ask for later. Never throws. */
	keep(addresses: readonly unknown[]): Promise<void>;
	/** Removes what other versions of these embeds have stored. */
	dropOtherVersions(): Promise<void>;
	/** @returns undefined: not ours to answer, the browser shall ask the network */
	respond(request: Request): Promise<Response> | undefined;
}

/** All demos in both languages are fewer files: whatever a host answers, no more are kept. */
export const MOST_FILES = 200;

const PAGE = /^([\w-]+)(?:\.html)?$/;
const PART = /^(?:[\w.-]+\.(?:js|css)|scenarios\/[\w.-]+\.js)$/;
/** The service worker itself, and the element, which other pages load. */
const NOT_OURS = /^(?:sw|kms-demo)\.js$/;
/** A frame asks for it when it is first needed, which may be when the network is gone. */
const CORE = /^core\.([\w-]+)\.js$/;

/** The browser's own cache may still hold the file of the version before. */
const ASK_AGAIN = { cache: 'no-cache' } as const;

/** Written into each page when it is built. */
const VERSION = /<meta name="version" content="([^"]*)"/;

export function createKeeper({ version, folder, allowed }: KeepOptions): Keeper {
	const prefix = `embed:${folder}:`;
	const name = prefix + version;
	const policy = embedPolicy(allowed);
	/** The build ends each script and style sheet with it. */
	const mark = `/*${version}*/`;

	/** @returns the path inside the folder by which a file is kept, without what was asked of it */
	function ours(address: string): string | undefined {
		if (!URL.canParse(address, location.href)) return undefined;
		const { origin, pathname } = new URL(address, location.href);
		if (origin !== location.origin || !pathname.startsWith(folder)) return undefined;
		const path = pathname.slice(folder.length);
		if (NOT_OURS.test(path)) return undefined;
		// some hosts send a page on to its name without an ending
		const page = PAGE.exec(path)?.[1];
		if (page !== undefined) return `${page}.html`;
		return PART.test(path) ? path : undefined;
	}

	/** The same answer, with the policy beside the host's own. */
	async function withPolicy(response: Response, path: string): Promise<Response> {
		const headers = new Headers(response.headers);
		if (isPage(path) && policy) headers.append('content-security-policy', policy);
		if (path.endsWith('.js')) headers.append('content-security-policy', SCRIPT_POLICY);
		return new Response(await response.blob(), { status: response.status, headers });
	}

	async function store(path: string, response: Response): Promise<void> {
		try {
			const cache = await caches.open(name);
			await cache.put(folder + path, response);
			// the oldest first
			const kept = await cache.keys();
			for (const request of kept.slice(0, Math.max(0, kept.length - MOST_FILES)))
				await cache.delete(request);
		} catch {
			// a full disk is no reason to go without
		}
	}

	async function stored(path: string): Promise<Response | undefined> {
		// asking for a cache by its name makes it
		return (await caches.has(name)) ? (await caches.open(name)).match(folder + path) : undefined;
	}

	/** @returns what the browser gets; a page of another version takes everything of this one away */
	async function receivePage(path: string, response: Response): Promise<Response> {
		if (!response.ok || !isHtml(response)) return response;
		const found = VERSION.exec(await response.clone().text())?.[1];
		// what has no version is the host's own way to say that there is no such page
		if (found === undefined) return response;
		const answer = await withPolicy(response, path);
		if (found === version) await store(path, answer.clone());
		// its scripts must not be the old ones, and the next service worker is on its way
		else await caches.delete(name);
		return answer;
	}

	/** @returns what the browser gets; what is of another version is not kept, since what is kept is not asked for again */
	async function receivePart(path: string, response: Response): Promise<Response> {
		if (!response.ok || isHtml(response)) return response;
		const isOwn = (await response.clone().text()).trimEnd().endsWith(mark);
		const answer = await withPolicy(response, path);
		if (isOwn) await store(path, answer.clone());
		return answer;
	}

	async function answerPage(path: string, request: Request): Promise<Response> {
		try {
			// a host may send the browser on to another address, and only the browser may follow
			const { url, redirect, credentials } = request;
			const response = await fetch(url, { ...ASK_AGAIN, redirect, credentials });
			return response.status >= 500
				? ((await stored(path)) ?? response)
				: await receivePage(path, response);
		} catch (error) {
			const kept = await stored(path);
			if (kept) return kept;
			throw error;
		}
	}

	async function answerPart(path: string, request: Request): Promise<Response> {
		return (await stored(path)) ?? receivePart(path, await fetch(request, ASK_AGAIN));
	}

	async function fetchAndStore(path: string): Promise<void> {
		try {
			const response = await fetch(folder + path, ASK_AGAIN);
			await (isPage(path) ? receivePage : receivePart)(path, response);
		} catch {
			// the network is gone meanwhile; the next visit tries again
		}
	}

	return {
		async keep(addresses) {
			const seen = addresses
				.filter((address) => typeof address === 'string')
				.map(ours)
				.filter((path) => path !== undefined);
			const paths = new Set(seen.flatMap(withWhatComesLater));
			// a page first: if it is of another version, nothing of this one is kept
			const sorted = [...paths].slice(0, MOST_FILES).sort((a, b) => +isPage(b) - +isPage(a));
			for (const path of sorted) if (!(await stored(path))) await fetchAndStore(path);
		},

		async dropOtherVersions() {
			const others = (await caches.keys()).filter(
				(other) => other.startsWith(prefix) && other !== name
			);
			await Promise.all(others.map((other) => caches.delete(other)));
		},

		respond(request) {
			const path = request.method === 'GET' ? ours(request.url) : undefined;
			if (path === undefined) return undefined;
			return isPage(path) ? answerPage(path, request) : answerPart(path, request);
		}
	};
}

const isPage = (path: string): boolean => path.endsWith('.html');

function withWhatComesLater(path: string): readonly string[] {
	const locale = CORE.exec(path)?.[1];
	return locale === undefined
		? [path]
		: [path, `later.${locale}.js`, 'later.css', 'engine-plain.js', 'engine-later.js'];
}

const isHtml = ({ headers }: Response): boolean =>
	headers.get('content-type')?.startsWith('text/html') ?? false;
