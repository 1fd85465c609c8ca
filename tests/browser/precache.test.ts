/** What the service worker stores and answers, on the browser's real cache and a network that the test makes up. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPrecache } from '$lib/offline/precache';

const network = new Map<string, () => Response>();
const asked: string[] = [];

const options = {
	version: '2',
	base: '/docs/app',
	files: ['/docs/app/a.js', '/docs/app/a.css', '/docs/app/version.json'],
	onDemand: ['/docs/app/_app/immutable/large.1.wasm'],
	pages: ['/docs/app/keys', '/docs/app/unknown-to-the-host'],
	fallback: '/docs/app/404.html',
	versionFile: '/docs/app/version.json',
	isAnotherComing: () => false
};
const CACHE = 'app:/docs/app:2';
const HTML = { 'content-type': 'text/html; charset=utf-8' };

beforeEach(() => {
	asked.length = 0;
	network.clear();
	network.set('/docs/app/a.js', () => new Response('script'));
	network.set('/docs/app/a.css', () => new Response('style'));
	network.set('/docs/app/version.json', () => Response.json({ version: '2' }));
	network.set('/docs/app/keys', () => new Response('key list', { headers: HTML }));
	network.set('/docs/app/404.html', () => new Response('fallback', { status: 404, headers: HTML }));
	vi.stubGlobal('fetch', (input: string | Request) => {
		const path = new URL(typeof input === 'string' ? input : input.url, location.href).pathname;
		asked.push(path);
		return Promise.resolve().then(
			() => network.get(path)?.() ?? new Response('none', { status: 404 })
		);
	});
});

afterEach(async () => {
	vi.unstubAllGlobals();
	for (const name of await caches.keys()) await caches.delete(name);
});

/** As the browser asks for a page: a script cannot make a request of that mode. */
function navigation(path: string): Request {
	return { method: 'GET', mode: 'navigate', url: new URL(path, location.href).href } as Request;
}

async function text(response: Promise<Response> | undefined): Promise<string | undefined> {
	return (await response)?.text();
}

test('after the installation files and pages are answered without the network', async () => {
	const precache = createPrecache(options);
	await precache.install();
	asked.length = 0;
	expect(await text(precache.respond(new Request('/docs/app/a.css')))).toBe('style');
	expect(await text(precache.respond(navigation('/docs/app/keys?from=mail')))).toBe('key list');
	expect(asked).toEqual([]);
});

test('a page that the host does not know, and any other address, is answered by the fallback', async () => {
	const precache = createPrecache(options);
	await precache.install();
	for (const path of ['/docs/app/unknown-to-the-host', '/docs/app/keys/1', '/docs/app/keys/']) {
		const response = await precache.respond(navigation(path));
		expect([path, response?.status, await response?.text()]).toEqual([path, 200, 'fallback']);
	}
});

test('a missing file fails the installation, and nothing stays stored', async () => {
	network.delete('/docs/app/a.js');
	await expect(createPrecache(options).install()).rejects.toThrow('/docs/app/a.js: 404');
	expect(await caches.has(CACHE)).toBe(false);
});

test('a page sent instead of a missing file fails the installation', async () => {
	network.set('/docs/app/a.js', () => new Response('fallback', { headers: HTML }));
	await expect(createPrecache(options).install()).rejects.toThrow('/docs/app/a.js');
	expect(await caches.has(CACHE)).toBe(false);
});

test('an installation during which the host was given the next version fails', async () => {
	network.set('/docs/app/version.json', () => Response.json({ version: '3' }));
	await expect(createPrecache(options).install()).rejects.toThrow('another version');
	expect(await caches.has(CACHE)).toBe(false);
});

test('all files are looked for, and what is missing is had again while the host still has this version', async () => {
	const precache = createPrecache(options);
	await precache.install();
	expect(await precache.check()).toEqual({ version: '2', files: 4, missing: [] });
	const cache = await caches.open(CACHE);
	await cache.delete('/docs/app/a.css');
	expect(await precache.check()).toEqual({ version: '2', files: 4, missing: [] });
	expect(await cache.match('/docs/app/a.css')).toBeDefined();
});

test('a missing file is not taken from another version, nor from a host that is gone', async () => {
	const precache = createPrecache(options);
	await precache.install();
	await (await caches.open(CACHE)).delete('/docs/app/a.css');
	for (const answer of [() => Response.json({ version: '3' }), () => Response.error()]) {
		network.set('/docs/app/version.json', answer);
		expect((await precache.check()).missing).toEqual(['/docs/app/a.css']);
	}
});

test('a page that the host does not know by its name is nothing that is missing', async () => {
	const precache = createPrecache(options);
	await precache.install();
	await (await caches.open(CACHE)).delete('/docs/app/keys');
	expect((await precache.check()).missing).toEqual([]);
});

test('scripts are stored with a policy for the workers they may become', async () => {
	const precache = createPrecache(options);
	await precache.install();
	const policyOf = async (path: string) =>
		(await precache.respond(new Request(path)))?.headers.get('content-security-policy');
	expect(await policyOf('/docs/app/a.js')).toContain("connect-src 'self'");
	expect(await policyOf('/docs/app/a.css')).toBeNull();
});

test('pages are served with the policy that a page cannot carry itself, beside the host’s own', async () => {
	const headers = { ...HTML, 'content-security-policy': "img-src 'self'" };
	network.set('/docs/app/keys', () => new Response('key list', { headers }));
	const precache = createPrecache(options);
	await precache.install();
	for (const [path, policy] of [
		['/docs/app/keys', "img-src 'self', frame-ancestors 'none'"],
		['/docs/app/keys/1', "frame-ancestors 'none'"]
	] as const) {
		const response = await precache.respond(navigation(path));
		expect(response?.headers.get('content-security-policy')).toBe(policy);
	}
});

test('requests that are not ours are left to the browser', async () => {
	const precache = createPrecache(options);
	await precache.install();
	expect(precache.respond(new Request('https://elsewhere.example/a.js'))).toBeUndefined();
	expect(precache.respond(new Request('/docs/app/a.js', { method: 'POST' }))).toBeUndefined();
	expect(precache.respond(new Request('/docs/app/other.json'))).toBeUndefined();
});

test('a file beside the app comes from the network; without one the app says that it has no such page', async () => {
	const precache = createPrecache(options);
	await precache.install();
	const report = navigation('/docs/app/report.pdf');
	network.set('/docs/app/report.pdf', () => new Response('report'));
	expect(await text(precache.respond(report))).toBe('report');
	network.set('/docs/app/report.pdf', () => {
		throw new TypeError('offline');
	});
	expect(await text(precache.respond(report))).toBe('fallback');
});

test('embeds are left to the browser, but the console’s page about embeds is served', async () => {
	const builder = '/docs/app/embed-builder';
	network.set(builder, () => new Response('builder', { headers: HTML }));
	const precache = createPrecache({ ...options, pages: [...options.pages, builder] });
	await precache.install();
	for (const path of ['', 'upload.html', 'upload', 'core.en.js', 'transcripts/upload'])
		expect(precache.respond(navigation(`/docs/app/embed/${path}`))).toBeUndefined();
	expect(await text(precache.respond(navigation(`${builder}?scenario=use`)))).toBe('builder');
	expect(await text(precache.respond(navigation(`${builder}/`)))).toBe('fallback');
});

test('a file that the browser dropped is asked of the network again', async () => {
	const precache = createPrecache(options);
	await precache.install();
	await (await caches.open(CACHE)).delete('/docs/app/a.css');
	expect(await text(precache.respond(new Request('/docs/app/a.css')))).toBe('style');
});

test('earlier versions go, the app beside this one stays', async () => {
	for (const name of ['app:/docs/app:1', 'app:/docs:1', 'other']) await caches.open(name);
	const precache = createPrecache(options);
	await precache.install();
	await precache.dropOldVersions();
	expect((await caches.keys()).sort()).toEqual(['app:/docs/app:2', 'app:/docs:1', 'other']);
});

test('files that another version has stored or is storing stay unchanged', async () => {
	await caches.open('app:/docs/app:3');
	const precache = createPrecache({ ...options, isAnotherComing: () => true });
	await precache.install();
	await precache.dropOldVersions();
	expect(await caches.has('app:/docs/app:3')).toBe(true);
});

const [LARGE = ''] = options.onDemand;

test('an on-demand file is stored at the first request, and deleted with the next version', async () => {
	network.set(LARGE, () => new Response('large'));
	const first = createPrecache({ ...options, version: '1' });
	expect(await text(first.respond(new Request(LARGE)))).toBe('large');
	network.delete(LARGE);
	expect(await text(first.respond(new Request(LARGE)))).toBe('large');

	const next = createPrecache(options);
	await next.install();
	await next.dropOldVersions();
	expect(await caches.has('app:/docs/app:1')).toBe(false);
	expect(await text(next.respond(new Request(LARGE)))).toBe('large');
	expect(asked.filter((path) => path === LARGE)).toEqual([LARGE]);
});

test('a page or a failure sent for an on-demand file is not stored', async () => {
	const precache = createPrecache(options);
	for (const answer of [
		() => new Response('fallback', { headers: HTML }),
		() => new Response('none', { status: 503 })
	]) {
		network.set(LARGE, answer);
		await precache.respond(new Request(LARGE));
	}
	network.set(LARGE, () => new Response('large'));
	expect(await text(precache.respond(new Request(LARGE)))).toBe('large');
});

test('a version that an open page still runs keeps its files, and answers for its parts', async () => {
	const part = '/docs/app/_app/immutable/chunks/old.js';
	const old = await caches.open('app:/docs/app:1');
	await old.put(part, new Response('a part of version 1'));
	const precache = createPrecache(options);
	await precache.install();

	let close!: () => void;
	const open = new Promise<void>((resolve) => (close = resolve));
	const page = navigator.locks.request('version/app:/docs/app:1', { mode: 'shared' }, () => open);
	await precache.dropOldVersions();
	expect(await text(precache.respond(new Request(part)))).toBe('a part of version 1');

	close();
	await page;
	await precache.dropOldVersions();
	expect(await caches.has('app:/docs/app:1')).toBe(false);
	expect((await precache.respond(new Request(part)))?.status).toBe(404);
});
