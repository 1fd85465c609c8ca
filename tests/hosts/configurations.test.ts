/** What docs/hosting.md promises, of the web servers themselves, on a real build: at the root of a site and below a path. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMarker } from '../../src/tools/build-marker.js';
import { headersOf } from '../../src/tools/headers.js';
import { ask } from '../support/ask';
import { HOSTS, type Host } from './servers';

const BUILD = join(import.meta.dirname, '../../build');
const files = readdirSync(BUILD, { recursive: true, encoding: 'utf8' }).map((path) =>
	path.split(sep).join('/')
);
const read = (path: string) => readFileSync(join(BUILD, path));

/** One file of each kind that the headers, the types or the encodings tell apart. */
const KINDS: readonly (readonly [kind: string, pattern: RegExp, type: RegExp])[] = [
	['the start page', /^index\.html$/, /^text\/html\b/],
	['a page', /^keys\.html$/, /^text\/html\b/],
	['a page below a page', /^keys\/create\.html$/, /^text\/html\b/],
	['the fallback', /^404\.html$/, /^text\/html\b/],
	['a script', /^boot\.js$/, /^(?:text|application)\/javascript\b/],
	['the service worker', /^service-worker\.js$/, /^(?:text|application)\/javascript\b/],
	['a script with a digest', /^_app\/immutable\/entry\/app\..*\.js$/, /\/javascript\b/],
	['the worker', /^_app\/immutable\/workers\/kms\.worker-.*\.js$/, /\/javascript\b/],
	['the terminal', /^_app\/immutable\/workers\/terminal\.worker-.*\.js$/, /\/javascript\b/],
	['OpenSSL', /^_app\/immutable\/.*\.wasm$/, /^application\/wasm$/],
	['a style sheet', /^_app\/immutable\/assets\/first-view\..*\.css$/, /^text\/css\b/],
	['the version file', /^_app\/version\.json$/, /^application\/json\b/],
	['the manifest', /^manifest\.webmanifest$/, /^application\/manifest\+json\b/],
	['a drawing', /^icon\.svg$/, /^image\/svg\+xml\b/],
	['a picture', /^icon-192\.png$/, /^image\/png$/],
	['a text', /^third-party-notices\.txt$/, /^text\/plain\b/],
	['an embed', /^embed\/upload\.html$/, /^text\/html\b/],
	['the script of an embed', /^embed\/frame\.js$/, /\/javascript\b/],
	['the style sheet of an embed', /^embed\/core\.css$/, /^text\/css\b/],
	['the service worker of the embeds', /^embed\/sw\.js$/, /\/javascript\b/],
	['the element', /^embed\/kms-demo\.js$/, /\/javascript\b/],
	['the types of the element', /^embed\/kms-demo\.d\.ts$/, /./],
	['what oEmbed asks for', /^embed\/oembed\/upload\.json$/, /^application\/json\b/],
	['a transcript', /^embed\/transcripts\/upload\.en\.html$/, /^text\/html\b/],
	['a drawing of a transcript', /^embed\/transcripts\/upload\.en\.svg$/, /^image\/svg\+xml\b/]
];

const ALL_HEADERS = Object.keys({ ...headersOf('boot.js'), ...headersOf('embed/kms-demo.js') });

const managed = (headers: Readonly<Record<string, unknown>>) =>
	Object.fromEntries(ALL_HEADERS.map((name) => [name, headers[name]]));

const DECODED: Readonly<Record<string, (body: Buffer) => Buffer>> = {
	br: brotliDecompressSync,
	gzip: gunzipSync
};

const fileOf = (pattern: RegExp): string => {
	const file = files.find((path) => pattern.test(path));
	if (file === undefined) throw new Error(`the build has no ${String(pattern)}`);
	return file;
};

const BASES = ['', '/docs/app'];

describe.each(HOSTS.flatMap((kind) => BASES.map((base) => ({ ...kind, base }))))(
	'$name at $base/',
	({ base, encodings, start }) => {
		let host: Host | undefined;
		const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
			ask(host?.port ?? 0, `${base}${path}`, { headers, method });

		beforeAll(async () => {
			host = await start(base);
		});
		afterAll(() => host?.stop());

		test.each(KINDS)('%s comes whole, with its type and its headers', async (_, pattern, type) => {
			const file = fileOf(pattern);
			const { status, headers, body } = await get(`/${file}`);
			expect(status).toBe(200);
			expect(body.equals(read(file))).toBe(true);
			expect(headers['content-encoding']).toBeUndefined();
			expect(headers['content-type']).toMatch(type);
			expect(managed(headers)).toEqual(managed(headersOf(file)));
		});

		test.each(KINDS)('%s is sent compressed on request', async (_, pattern, type) => {
			const file = fileOf(pattern);
			const isCompressed = files.includes(`${file}.br`);
			for (const encoding of ['br', 'gzip']) {
				const { status, headers, body } = await get(`/${file}`, { 'accept-encoding': encoding });
				expect(status).toBe(200);
				const expected = isCompressed && encodings.includes(encoding) ? encoding : undefined;
				expect(headers['content-encoding']).toBe(expected);
				expect(headers['content-language']).not.toBe('br');
				if (isCompressed) expect(headers.vary).toMatch(/accept-encoding/i);
				expect(headers['content-type']).toMatch(type);
				expect(managed(headers)).toEqual(managed(headersOf(file)));
				const decode = DECODED[expected ?? ''];
				if (decode)
					expect(body.equals(read(`${file}.${encoding === 'br' ? 'br' : 'gz'}`))).toBe(true);
				expect((decode?.(body) ?? body).equals(read(file))).toBe(true);
			}
			const both = await get(`/${file}`, { 'accept-encoding': 'gzip, deflate, br' });
			expect(both.headers['content-encoding']).toBe(isCompressed ? encodings[0] : undefined);
			const refused = await get(`/${file}`, { 'accept-encoding': 'br;q=0, gzip;q=0' });
			expect(refused.body.equals(read(file))).toBe(true);
		});

		test.each(['/', '/keys', '/keys/create', '/learn/exam', '/keys.html', '/embed/upload.html'])(
			'%s is a page',
			async (path) => {
				expect((await get(path)).status).toBe(200);
			}
		);

		test('a page of the app that has no file is the fallback, with status 200', async () => {
			const routes = (readMarker(BUILD)?.routes ?? []).filter((id) => id.includes('['));
			expect(routes.length).toBeGreaterThan(3);
			for (const route of routes) {
				const path = route.replace(/\[\w+\]/g, '00000000-0000-4000-8000-000000000000');
				for (const end of ['', '/', '?a=b']) {
					const { status, headers, body } = await get(path + end, { 'accept-encoding': 'gzip' });
					expect([path + end, status]).toEqual([path + end, 200]);
					expect(gunzipSync(body).equals(read('404.html'))).toBe(true);
					expect(managed(headers)).toEqual(managed(headersOf('404.html')));
				}
			}
		});

		test.each([
			'/no/such/page',
			'/keys/a/nonsense',
			'/learn/a/b',
			'/_app/immutable/none.js',
			'/embed/none.html',
			'/embed/none.js',
			'/embed/oembed/none.json',
			'/keys.html/create'
		])('%s is missing: the fallback, with status 404', async (path) => {
			for (const encoding of ['identity', 'gzip']) {
				const { status, headers, body } = await get(path, { 'accept-encoding': encoding });
				expect(status).toBe(404);
				const isPlain = headers['content-encoding'] === undefined;
				expect((isPlain ? body : gunzipSync(body)).equals(read('404.html'))).toBe(true);
				expect(headers['content-type']).toMatch(/^text\/html\b/);
				expect(managed(headers)).toEqual(managed(headersOf('404.html')));
			}
		});

		test('a part of a file, and nothing where what the browser has is still right', async () => {
			const whole = read('icon.svg');
			const part = await get('/icon.svg', { range: 'bytes=10-19' });
			expect(part.status).toBe(206);
			expect(part.headers['content-range']).toBe(`bytes 10-19/${String(whole.length)}`);
			expect(part.body.equals(whole.subarray(10, 20))).toBe(true);
			const last = await get('/icon.svg', { range: 'bytes=-10' });
			expect(last.body.equals(whole.subarray(-10))).toBe(true);
			expect((await get('/icon.svg', { range: 'bytes=99999-' })).status).toBe(416);

			for (const encoding of ['identity', ...encodings]) {
				const ask = { 'accept-encoding': encoding };
				const { etag = '' } = (await get('/keys.html', ask)).headers;
				expect(etag).toMatch(/^(?:W\/)?"[^"]+"$/);
				const known = await get('/keys.html', { ...ask, 'if-none-match': etag });
				expect(known.status).toBe(304);
				expect(known.body).toHaveLength(0);
				const other = await get('/keys.html', { ...ask, 'if-none-match': '"other"' });
				expect(other.status).toBe(200);
			}
		});

		test('only GET and HEAD', async () => {
			const head = await get('/keys.html', {}, 'HEAD');
			expect(head.status).toBe(200);
			expect(head.body).toHaveLength(0);
			expect(Number(head.headers['content-length'])).toBe(read('keys.html').length);
			for (const method of ['POST', 'PUT', 'DELETE'])
				expect([method, (await get('/keys.html', {}, method)).status]).toEqual([method, 405]);
		});

		test('nothing above the folder is served', async () => {
			for (const path of [
				'/../../etc/passwd',
				'/%2e%2e/%2e%2e/etc/passwd',
				'/..%2f..%2fetc/passwd'
			]) {
				const { body } = await get(path);
				expect(body.toString()).not.toContain('root:');
			}
		});

		if (base !== '')
			test('the address of the folder leads to the same with a slash', async () => {
				const { status, headers } = await get('');
				expect([301, 302, 308]).toContain(status);
				expect(headers.location).toMatch(/^(?:http:\/\/[^/]+)?\/docs\/app\/$/);
			});
	}
);
