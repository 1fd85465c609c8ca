/** What the embeds' service worker keeps and answers, on the browser's real cache and a network that the test makes up. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createKeeper, MOST_FILES } from '$lib/embed/offline/keep';

const FOLDER = '/docs/app/embed/';
const CACHE = `embed:${FOLDER}:2`;
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const page = (version: string, text: string) =>
	new Response(`<head><meta name="version" content="${version}"></head>${text}`, { headers: HTML });

/** A script or a style sheet as the build writes it. */
const part = (version: string, text: string, type = 'javascript') =>
	new Response(`${text}\n/*${version}*/\n`, { headers: { 'content-type': `text/${type}` } });

const network = new Map<string, () => Response>();
const asked: string[] = [];
/** How the browser's own cache was to be used. */
const modes = new Set<string | undefined>();
let online = true;
const options = { version: '2', folder: FOLDER, allowed: [] as readonly string[] };

beforeEach(() => {
	online = true;
	asked.length = 0;
	modes.clear();
	network.clear();
	network.set('upload.html', () => page('2', 'upload'));
	for (const path of ['frame.js', 'core.en.js', 'later.en.js', 'scenarios/upload.js'])
		network.set(path, () => part('2', path));
	network.set('core.css', () => part('2', 'core.css', 'css'));
	vi.stubGlobal('fetch', (input: string | Request, init?: RequestInit) => {
		if (!online) return Promise.reject(new TypeError('offline'));
		const { pathname } = new URL(typeof input === 'string' ? input : input.url, location.href);
		const path = pathname.slice(FOLDER.length);
		asked.push(path);
		modes.add(init?.cache);
		return Promise.resolve(network.get(path)?.() ?? new Response('none', { status: 404 }));
	});
});

afterEach(async () => {
	vi.unstubAllGlobals();
	for (const name of await caches.keys()) await caches.delete(name);
});

const address = (path: string) => new URL(FOLDER + path, location.href).href;
const request = (path: string) => new Request(address(path));
const text = async (response: Promise<Response> | undefined) => (await response)?.text();
const keptPaths = async () =>
	(await (await caches.open(CACHE)).keys())
		.map(({ url }) => new URL(url).pathname.slice(FOLDER.length))
		.sort();

const SEEN = ['upload.html?lang=en', 'frame.js', 'core.en.js', 'core.css', 'scenarios/upload.js'];

test('what the seen demo needs is kept, with what it may ask for later, and no other demo', async () => {
	network.set('use.html', () => page('2', 'use'));
	await createKeeper(options).keep(SEEN.map(address));
	expect(await keptPaths()).toEqual(
		[
			'upload.html',
			'frame.js',
			'core.en.js',
			'core.css',
			'later.en.js',
			'scenarios/upload.js'
		].sort()
	);
});

test('a demo that was seen works without the network, whatever it is asked for by', async () => {
	const keeper = createKeeper(options);
	await keeper.keep(SEEN.map(address));
	online = false;
	expect(await text(keeper.respond(request('upload.html?theme=dark')))).toContain('upload');
	expect(await text(keeper.respond(request('upload')))).toContain('upload');
	for (const path of SEEN.slice(1))
		expect(await text(keeper.respond(request(path)))).toContain(path);
	await expect(keeper.respond(request('use.html'))).rejects.toThrow('offline');
});

test('scripts that are kept are not asked for again, pages are, and kept anew', async () => {
	const keeper = createKeeper(options);
	await keeper.keep(SEEN.map(address));
	asked.length = 0;
	await keeper.respond(request('frame.js'));
	expect(asked).toEqual([]);
	network.set('upload.html', () => page('2', 'mended'));
	expect(await text(keeper.respond(request('upload.html')))).toContain('mended');
	online = false;
	expect(await text(keeper.respond(request('upload.html')))).toContain('mended');
});

test('a page of another version takes the files of this one away, so that the two are never mixed', async () => {
	const keeper = createKeeper(options);
	await keeper.keep(SEEN.map(address));
	network.set('upload.html', () => page('3', 'new'));
	network.set('frame.js', () => new Response('new frame'));
	expect(await text(keeper.respond(request('upload.html')))).toContain('new');
	expect(await caches.has(CACHE)).toBe(false);
	expect(await text(keeper.respond(request('frame.js')))).toBe('new frame');
});

test('scripts of the version before, under a page of this one, are answered and not kept', async () => {
	const keeper = createKeeper(options);
	for (const path of SEEN.slice(1)) network.set(path, () => part('1', path));
	await keeper.keep(SEEN.map(address));
	expect(await text(keeper.respond(request('frame.js')))).toContain('/*1*/');
	expect(await keptPaths()).toEqual(['later.en.js', 'upload.html']);
	for (const path of SEEN.slice(1)) network.set(path, () => part('2', path));
	expect(await text(keeper.respond(request('frame.js')))).toContain('/*2*/');
	await keeper.keep(SEEN.map(address));
	expect(await keptPaths()).toEqual(['upload.html', 'later.en.js', ...SEEN.slice(1)].sort());
});

test('a page of the next version while others are being kept leaves nothing of it behind', async () => {
	network.set('upload.html', () => page('3', 'new'));
	for (const path of SEEN.slice(1)) network.set(path, () => part('3', path));
	network.set('later.en.js', () => part('3', 'later'));
	await createKeeper(options).keep(SEEN.map(address));
	expect(await caches.has(CACHE)).toBe(false);
});

test('the host is asked again, whatever the browser’s own cache has', async () => {
	const keeper = createKeeper(options);
	await keeper.respond(request('upload.html'));
	await keeper.respond(request('core.css'));
	await keeper.keep(SEEN.map(address));
	expect(asked).toEqual(expect.arrayContaining(['upload.html', 'core.css', 'frame.js']));
	expect([...modes]).toEqual(['no-cache']);
});

test('when a version takes over, the files of others go; the console’s and another embed’s stay', async () => {
	const others = ['app:/docs/app:1', 'embed:/other/embed/:1'];
	for (const name of [...others, `embed:${FOLDER}:1`, CACHE]) await caches.open(name);
	await createKeeper(options).dropOtherVersions();
	expect((await caches.keys()).sort()).toEqual([...others, CACHE].sort());
});

test('a host that fails is answered for; one that says there is no such page is believed', async () => {
	const keeper = createKeeper(options);
	await keeper.keep(SEEN.map(address));
	network.set('upload.html', () => new Response('busy', { status: 503 }));
	expect(await text(keeper.respond(request('upload.html')))).toContain('upload');
	network.delete('upload.html');
	expect((await keeper.respond(request('upload.html')))?.status).toBe(404);
});

test('neither the host’s fallback nor a failure is kept', async () => {
	const keeper = createKeeper(options);
	network.set('nothing.html', () => new Response('the console', { headers: HTML }));
	network.set('frame.js', () => new Response('the console', { headers: HTML }));
	expect(await text(keeper.respond(request('nothing.html')))).toBe('the console');
	await keeper.respond(request('frame.js'));
	await keeper.respond(request('missing.js'));
	expect(await keptPaths()).toEqual([]);
});

test('nothing but the demos is looked at: not the console, not the element, not another origin', () => {
	const keeper = createKeeper(options);
	for (const path of ['', 'sw.js', 'kms-demo.js', 'weights.json', '../keys', '../boot.js'])
		expect(keeper.respond(request(path)), path).toBeUndefined();
	expect(keeper.respond(new Request('/docs/app/embed-builder'))).toBeUndefined();
	expect(keeper.respond(new Request(`https://elsewhere.example${FOLDER}frame.js`))).toBeUndefined();
	expect(keeper.respond(new Request(address('frame.js'), { method: 'POST' }))).toBeUndefined();
});

test('addresses that are none, or are no texts, change nothing', async () => {
	await createKeeper(options).keep([
		null,
		7,
		{},
		'https://[',
		address('../keys'),
		address('sw.js')
	]);
	expect(asked).toEqual([]);
});

test('however many pages a host makes up, no more than a build has are kept', async () => {
	const keeper = createKeeper(options);
	const paths = Array.from({ length: MOST_FILES + 5 }, (_, number) => `x${String(number)}.html`);
	for (const path of paths) {
		network.set(path, () => page('2', path));
		await keeper.respond(request(path));
	}
	const kept = await keptPaths();
	expect(kept).toHaveLength(MOST_FILES);
	expect(kept).toContain(paths.at(-1));
	expect(kept).not.toContain(paths[0]);
});

test('pages are answered with the allow-list, scripts with the policy of workers, beside the host’s own', async () => {
	const docs = 'https://docs.example.com';
	const keeper = createKeeper({ ...options, allowed: [docs] });
	const policyOf = async (path: string) =>
		(await keeper.respond(request(path)))?.headers.get('content-security-policy');
	expect(await policyOf('upload.html')).toBe(`frame-ancestors 'self' ${docs}`);
	expect(await policyOf('frame.js')).toContain("connect-src 'self'");
	online = false;
	expect(await policyOf('upload.html')).toBe(`frame-ancestors 'self' ${docs}`);
	online = true;
	const open = createKeeper({ ...options, version: '2' });
	const response = await open.respond(request('upload.html'));
	expect(response?.headers.get('content-security-policy')).toBeNull();
});
