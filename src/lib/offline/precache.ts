/**
 * The service worker's part of offline use. At installation, all files of the build are stored. The files of one version are
 * only served together. This module has nothing to do with keys.
 */
import { PAGE_POLICY, scriptPolicyOf } from '../../tools/headers.js';
import type { StoredFiles } from './messages';
import { cacheName, versionsInUse } from './version-lock';

export interface PrecacheOptions {
	/** Differs from build to build. */
	readonly version: string;
	/** The app's path on the origin, because another app may be beside it. */
	readonly base: string;
	/** Paths from the origin's root. If one file is missing, the version is not installed. */
	readonly files: readonly string[];
	/** Paths of large files that are rarely needed. Stored at the first request, and kept while unchanged. */
	readonly onDemand: readonly string[];
	/** Addresses of pages. If a host sends the fallback for an address, the fallback is served there too. */
	readonly pages: readonly string[];
	/** The page for every other address. The page finds the route itself. */
	readonly fallback: string;
	/** One of the files: it names the version that the host has now. */
	readonly versionFile: string;
	/** Whether another version is storing files or waiting. Its files must not be removed. */
	readonly isAnotherComing: () => boolean;
}

export interface Precache {
	/** Stores all files. A missing file, or one of another version, fails the installation and leaves nothing stored. */
	install(): Promise<void>;
	/** Checks every file, and fetches the missing ones while the host still has this version. */
	check(): Promise<StoredFiles>;
	/** Removes the files of earlier versions that no open page runs, unless another version is being installed. */
	dropOldVersions(): Promise<void>;
	/** @returns undefined if the browser should ask the network */
	respond(request: Request): Promise<Response> | undefined;
}

export function createPrecache(options: PrecacheOptions): Precache {
	const { version, base, files, onDemand, pages, fallback, versionFile, isAnotherComing } = options;
	const prefix = cacheName(base, '');
	const name = cacheName(base, version);
	/** For a page that is not stored, the fallback is served. */
	const needed = new Set([...files, fallback]);
	const known = new Set([...needed, ...pages]);
	const mayBePages = new Set([...pages, fallback]);
	const immutable = `${base}/_app/immutable/`;
	const embeds = `${base}/embed/`;

	async function store(cache: Cache, path: string): Promise<void> {
		// Bypasses the HTTP cache, which may still hold the file of the previous version.
		const response = await fetch(path, { cache: 'no-cache' });
		// for a missing file, some hosts send the fallback with status 200
		if (isHtml(response) && !mayBePages.has(path)) throw new Error(`${path}: a page came for it`);
		// A host may send the fallback with status 404.
		if (response.ok || (path === fallback && response.status === 404))
			await cache.put(path, await withPolicy(response, path, 200));
		else if (!pages.includes(path)) throw new Error(`${path}: ${String(response.status)}`);
	}

	async function isStillServed(): Promise<boolean> {
		try {
			const response = await fetch(versionFile, { cache: 'no-store' });
			return ((await response.json()) as { version?: unknown }).version === version;
		} catch {
			return false; // offline, or another server answers at this address
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
		// A file that the browser deleted comes from the network; for a page that was never stored, the fallback is served.
		const isPage = request.mode === 'navigate' && path !== fallback;
		return isPage ? answer(fallback, request) : withPolicy(await fetch(request), path);
	}

	/** The name contains a digest, so the file is the same in every version. */
	async function answerOnDemand(path: string, request: Request): Promise<Response> {
		const cache = await caches.open(name);
		const own = await cache.match(path);
		if (own) return own;
		const response = (await storedEarlier(path)) ?? (await withPolicy(await fetch(request), path));
		// a full disk does not prevent using the file
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

	/** Copies the file before the version that stored it is removed. */
	async function carryOnDemand(): Promise<void> {
		const cache = await caches.open(name);
		for (const path of onDemand) {
			if (await cache.match(path)) continue;
			const stored = await storedEarlier(path);
			if (stored) await cache.put(path, stored);
		}
	}

	/** A file of an earlier version, requested by a page that still runs that version. */
	async function answerEarlier(path: string, request: Request): Promise<Response> {
		return (await storedEarlier(path)) ?? withPolicy(await fetch(request), path);
	}

	return {
		async install() {
			const cache = await caches.open(name);
			try {
				await Promise.all([...known].map((path) => store(cache, path)));
				// the host may have got the next version since, so that some files belong to that version
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
				return; // no space: the file stays where it is
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
			// embeds are not pages of the console, and have their own service worker
			if (pathname.startsWith(embeds)) return undefined;
			if (request.mode !== 'navigate') return undefined;
			// this may be a file beside the app; without a response, the app shows that the page does not exist
			return /\.\w+$/.test(pathname)
				? fetch(request).catch(() => answer(fallback, request))
				: answer(fallback, request);
		}
	};
}

const isHtml = ({ headers }: Response): boolean =>
	headers.get('content-type')?.startsWith('text/html') ?? false;

/**
 * The same response with the console's policy in addition to the host's. It is a new response, because browsers refuse a
 * redirected response for a navigation.
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
