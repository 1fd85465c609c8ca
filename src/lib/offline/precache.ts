/**
 * The service worker's half of working offline: everything the build made is stored at installation, and the files of
 * one version are only ever served together. Knows nothing about keys.
 */
export interface PrecacheOptions {
	/** Differs from build to build. */
	readonly version: string;
	/** Where on the origin the app lives: there may be another one beside it. */
	readonly base: string;
	/** Paths from the origin's root. Without one of them there is no version. */
	readonly files: readonly string[];
	/** Addresses of pages. A host that does not know one by this name serves the fallback there, and so do we. */
	readonly pages: readonly string[];
	/** The page for every other address: it finds the route itself. */
	readonly fallback: string;
}

export interface Precache {
	/** Stores everything; a file that cannot be had fails the installation. */
	install(): Promise<void>;
	/** Removes what earlier versions stored. */
	dropOldVersions(): Promise<void>;
	/** @returns undefined: not ours to answer, the browser shall ask the network */
	respond(request: Request): Promise<Response> | undefined;
}

/**
 * A page's own policy does not reach the workers it starts: they follow the header of their own script. So every
 * script is served with one, and a worker can talk to nobody but the origin.
 */
const SCRIPT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

export function createPrecache(options: PrecacheOptions): Precache {
	const { version, base, files, pages, fallback } = options;
	const prefix = `app:${base}:`;
	const name = prefix + version;
	const known = new Set([...files, ...pages, fallback]);

	async function store(cache: Cache, path: string): Promise<void> {
		// Asks again: the browser's own cache may still hold the file of the version before.
		const response = await fetch(path, { cache: 'no-cache' });
		// A host may send the fallback with the status it stands for.
		if (response.ok || (path === fallback && response.status === 404))
			await cache.put(path, await toStored(path, response));
		else if (!pages.includes(path)) throw new Error(`${path}: ${String(response.status)}`);
	}

	async function answer(path: string, request: Request): Promise<Response> {
		const cache = await caches.open(name);
		const stored = await cache.match(path);
		if (stored) return stored;
		// What a browser dropped the network still has; a page that was never stored is the fallback's.
		const isPage = request.mode === 'navigate' && path !== fallback;
		return isPage ? answer(fallback, request) : fetch(request);
	}

	return {
		async install() {
			const cache = await caches.open(name);
			await Promise.all([...known].map((path) => store(cache, path)));
		},

		async dropOldVersions() {
			const names = await caches.keys();
			const old = names.filter((other) => other.startsWith(prefix) && other !== name);
			await Promise.all(old.map((other) => caches.delete(other)));
		},

		respond(request) {
			const { origin, pathname } = new URL(request.url);
			if (request.method !== 'GET' || origin !== location.origin) return undefined;
			if (known.has(pathname)) return answer(pathname, request);
			const isPage = request.mode === 'navigate' && !/\.\w+$/.test(pathname);
			return isPage ? answer(fallback, request) : undefined;
		}
	};
}

/** As a fresh response: one that came by a redirect is refused as the answer to a navigation. */
async function toStored(path: string, response: Response): Promise<Response> {
	const headers = new Headers(response.headers);
	if (path.endsWith('.js')) headers.set('content-security-policy', SCRIPT_POLICY);
	return new Response(await response.blob(), { headers });
}
