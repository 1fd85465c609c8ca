/**
 * The service worker's half of working offline: everything the build made is stored at installation, and the files of
 * one version are only ever served together. Knows nothing about keys.
 */
import { PAGE_POLICY, scriptPolicyOf } from '../../tools/headers.js';
import type { StoredFiles } from './messages';
import { cacheName, versionsInUse } from './version-lock';

export interface PrecacheOptions {
	/** Differs from build to build. */
	readonly version: string;
	/** Where on the origin the app lives: there may be another one beside it. */
	readonly base: string;
	/** Paths from the origin's root. Without one of them there is no version. */
	readonly files: readonly string[];
	/** Paths of what is large and seldom needed: stored when it is first asked for, and kept as long as it stays the same. */
	readonly onDemand: readonly string[];
	/** Addresses of pages. A host that does not know one by this name serves the fallback there, and so do we. */
	readonly pages: readonly string[];
	/** The page for every other address: it finds the route itself. */
	readonly fallback: string;
	/** Says which version the host has now. One of the files. */
	readonly versionFile: string;
	/** Another version stores its files, or has stored them and waits: what is theirs is not ours to remove. */
	readonly isAnotherComing: () => boolean;
}

export interface Precache {
	/** Stores everything; a file that cannot be had, or is another version's, fails the installation, and leaves nothing behind. */
	install(): Promise<void>;
	/** Looks for every file, and gets those that are missing, as long as the host still has this version. */
	check(): Promise<StoredFiles>;
	/** Removes what earlier versions stored, except for those that an open page still runs, once no other one comes. */
	dropOldVersions(): Promise<void>;
	/** @returns undefined: not ours to answer, the browser shall ask the network */
	respond(request: Request): Promise<Response> | undefined;
}

export function createPrecache(options: PrecacheOptions): Precache {
	const { version, base, files, onDemand, pages, fallback, versionFile, isAnotherComing } = options;
	const prefix = cacheName(base, '');
	const name = cacheName(base, version);
	/** A page that is not stored is answered by the fallback. */
	const needed = new Set([...files, fallback]);
	const known = new Set([...needed, ...pages]);
	const mayBePages = new Set([...pages, fallback]);
	const immutable = `${base}/_app/immutable/`;
	const embeds = `${base}/embed/`;

	async function store(cache: Cache, path: string): Promise<void> {
		// Asks again: the browser's own cache may still hold the file of the version before.
		const response = await fetch(path, { cache: 'no-cache' });
		// some hosts send the fallback, as if it were there, for a file that they do not have
		if (isHtml(response) && !mayBePages.has(path)) throw new Error(`${path}: a page came for it`);
		// A host may send the fallback with the status it stands for.
		if (response.ok || (path === fallback && response.status === 404))
			await cache.put(path, await withPolicy(response, path, 200));
		else if (!pages.includes(path)) throw new Error(`${path}: ${String(response.status)}`);
	}

	async function isStillServed(): Promise<boolean> {
		try {
			const response = await fetch(versionFile, { cache: 'no-store' });
			return ((await response.json()) as { version?: unknown }).version === version;
		} catch {
			return false; // offline, or something else answers there now
		}
	}

	async function missing(cache: Cache): Promise<string[]> {
		const stored = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
		return [...needed].filter((path) => !stored.has(path));
	}

	async function answer(path: string, request: Request): Promise<Response> {
		const cache = await caches.open(name);
		const stored = await cache.match(path);
		if (stored) return stored;
		// What a browser dropped the network still has; a page that was never stored is the fallback's.
		const isPage = request.mode === 'navigate' && path !== fallback;
		return isPage ? answer(fallback, request) : withPolicy(await fetch(request), path);
	}

	/** The digest in its name makes it the same in every version. */
	async function answerOnDemand(path: string, request: Request): Promise<Response> {
		const cache = await caches.open(name);
		const own = await cache.match(path);
		if (own) return own;
		const response = (await storedEarlier(path)) ?? (await withPolicy(await fetch(request), path));
		// a full disk is no reason to go without
		if (response.ok && !isHtml(response))
			await cache.put(path, response.clone()).catch(() => undefined);
		return response;
	}

	async function storedEarlier(path: string): Promise<Response | undefined> {
		const versions = (await caches.keys()).filter((other) => other.startsWith(prefix));
		for (const other of versions) {
			const stored = await (await caches.open(other)).match(path);
			if (stored) return stored;
		}
		return undefined;
	}

	/** Before the version that it was stored with goes. */
	async function carryOnDemand(): Promise<void> {
		const cache = await caches.open(name);
		for (const path of onDemand) {
			if (await cache.match(path)) continue;
			const stored = await storedEarlier(path);
			if (stored) await cache.put(path, stored);
		}
	}

	/** A part of an earlier version: a page that still runs it asks for it. */
	async function answerEarlier(path: string, request: Request): Promise<Response> {
		return (await storedEarlier(path)) ?? withPolicy(await fetch(request), path);
	}

	return {
		async install() {
			const cache = await caches.open(name);
			try {
				await Promise.all([...known].map((path) => store(cache, path)));
				// the host may have been given the next version meanwhile, and some of the files are its
				if (!(await isStillServed())) throw new Error('the host serves another version');
			} catch (error) {
				await caches.delete(name);
				throw error;
			}
		},

		async check() {
			const cache = await caches.open(name);
			const lost = await missing(cache);
			if (lost.length > 0 && (await isStillServed()))
				await Promise.allSettled(lost.map((path) => store(cache, path)));
			return { version, files: needed.size, missing: lost.length > 0 ? await missing(cache) : [] };
		},

		async dropOldVersions() {
			try {
				await carryOnDemand();
			} catch {
				return; // no room: it stays where it is
			}
			const isInUse = await versionsInUse();
			const old = (await caches.keys()).filter(
				(other) => other.startsWith(prefix) && other !== name && !isInUse(other)
			);
			if (isAnotherComing()) return;
			await Promise.all(old.map((other) => caches.delete(other)));
		},

		respond(request) {
			const { origin, pathname } = new URL(request.url);
			if (request.method !== 'GET' || origin !== location.origin) return undefined;
			if (onDemand.includes(pathname)) return answerOnDemand(pathname, request);
			if (known.has(pathname)) return answer(pathname, request);
			if (pathname.startsWith(immutable)) return answerEarlier(pathname, request);
			// what stands in other people's frames is no page of the console, and has a service worker of its own
			if (pathname.startsWith(embeds)) return undefined;
			if (request.mode !== 'navigate') return undefined;
			// it may be a file beside the app; where nobody answers, the app says that it has no such page
			return /\.\w+$/.test(pathname)
				? fetch(request).catch(() => answer(fallback, request))
				: answer(fallback, request);
		}
	};
}

const isHtml = ({ headers }: Response): boolean =>
	headers.get('content-type')?.startsWith('text/html') ?? false;

/**
 * The same answer with our policy beside the host's own. A fresh response, too: one that came by a redirect is refused
 * as the answer to a navigation.
 */
async function withPolicy(
	response: Response,
	path: string,
	status = response.status
): Promise<Response> {
	const headers = new Headers(response.headers);
	if (isHtml(response)) headers.append('content-security-policy', PAGE_POLICY);
	if (path.endsWith('.js')) headers.append('content-security-policy', scriptPolicyOf(path));
	return new Response(await response.blob(), { status, headers });
}
