/** The server of `npm start` and of the tests, asked on the wire. */
import fc from 'fast-check';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { removeMarker, writeMarker } from '../../src/tools/build-marker.js';
import { CONSOLE_FILE, EVERY_FILE, headersOf } from '../../src/tools/headers.js';
import { precompress } from '../../src/tools/precompress.js';
import { allowedHosts, serve, type ServeOptions } from '../../src/tools/serve.js';
import { ask } from '../support/ask';
import { propertyRuns } from '../support/runs';

const SVG = '<svg>0123456789</svg>';
const SECRET = 'nobody asks for this';
const SCRIPT = 'console.log("one line of many");\n'.repeat(100);
const FALLBACK = `<!doctype html><title>fallback</title>${'<p>more</p>'.repeat(200)}`;

const parent = mkdtempSync(join(tmpdir(), 'serve-'));
const build = join(parent, 'build');
const put = (path: string, content: string) => {
	mkdirSync(dirname(join(build, path)), { recursive: true });
	writeFileSync(join(build, path), content);
};

let port = 0;
const servers: Server[] = [];
async function start(folder: string | (() => string), options: ServeOptions = {}): Promise<number> {
	const server = await serve(folder, 0, options);
	servers.push(server);
	return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
	put('index.html', 'start');
	put('keys.html', 'keys');
	put('keys/index.html', FALLBACK);
	put('404.html', FALLBACK);
	put('boot.js', SCRIPT);
	put('icon.svg', SVG);
	put('a b&c.txt', 'an odd name');
	put('_app/version.json', '{}');
	put('embed/upload.html', 'upload');
	put('embed/kms-demo.d.ts', 'declare');
	put('.hidden', SECRET);
	put('.git/config', SECRET);
	put('keys/.secret/file.txt', SECRET);
	put('../secret.txt', SECRET);
	put('../build-2/secret.txt', SECRET);
	await precompress(build);
	writeMarker(build, {
		sources: '1',
		version: '1',
		routes: ['/', '/keys', '/keys/[keyId]', '/keys/[keyId]/import', '/learn/[scenarioId]']
	});
	port = await start(build);
});

afterEach(() => {
	// all but the first
	for (const server of servers.splice(1)) server.closeAllConnections();
});

afterAll(() => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
	rmSync(parent, { recursive: true });
});

describe('which names it is addressed by', () => {
	test.each(['localhost', 'localhost:4173', 'LOCALHOST', '127.0.0.1:80', '[::1]', '[::1]:4173'])(
		'%s is one',
		async (host) => {
			expect((await ask(port, '/', { headers: { host } })).status).toBe(200);
		}
	);

	test.each([
		'evil.example',
		'localhost.evil.example',
		'evil.example:4173',
		'localhost@evil.example',
		'127.0.0.1.evil.example',
		'::1',
		'0.0.0.0',
		'localhost:4173:80'
	])('"%s" is none, and gets no file', async (host) => {
		const { status, body } = await ask(port, '/', { headers: { host } });
		expect(status).toBe(421);
		expect(body.toString()).toContain('ALLOWED_HOSTS');
	});

	test('a request without an accepted host name gets no file', async () => {
		const socket = connect(port, 'localhost').end('GET / HTTP/1.0\r\n\r\n');
		expect(await text(socket)).toMatch(/^HTTP\/1\.1 421 /);
	});

	test('more are taken from the environment', async () => {
		const hosts = allowedHosts(' kms.test\nKMS.example.com ');
		const open = await start(build, { hosts });
		for (const host of ['kms.test:8080', 'kms.example.com', 'localhost'])
			expect((await ask(open, '/', { headers: { host } })).status).toBe(200);
		expect((await ask(open, '/', { headers: { host: 'x.kms.test' } })).status).toBe(421);
		expect(allowedHosts('')).toEqual([]);
	});
});

test('only GET and HEAD are answered', async () => {
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
		const { status, headers } = await ask(port, '/keys', { method });
		expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
	}
	const head = await ask(port, '/boot.js', { method: 'HEAD' });
	expect([head.status, head.headers['content-length'], head.body.length]).toEqual([
		200,
		String(SCRIPT.length),
		0
	]);
});

describe('what an address is answered with', () => {
	test.each([
		['/', 'start'],
		['/?a=b', 'start'],
		['/index.html', 'start'],
		['/keys', 'keys'],
		['/keys.html', 'keys'],
		['/ke%79s?state=%E0%A4%A', 'keys'],
		['/a%20b%26c.txt', 'an odd name'],
		['/embed/upload', 'upload']
	])('%s: the file', async (path, content) => {
		const { status, body } = await ask(port, path);
		expect([status, body.toString()]).toEqual([200, content]);
	});

	test.each(['/keys/', '/keys/1234', '/keys/a%2Fb', '/keys/1234/', '/keys/1/import', '/learn/x?y'])(
		'%s: a page of the app that has no file, with 200',
		async (path) => {
			const { status, body, headers } = await ask(port, path);
			expect([status, body.toString()]).toEqual([200, FALLBACK]);
			expect(headers).toMatchObject(headersOf('404.html'));
		}
	);

	test.each([
		'/no/such/page',
		'/keys/1/nonsense',
		'/keys%2F1234',
		'/keys.html/more',
		'/_app',
		'/_app/none.js',
		'/embed/none.html',
		'//evil.example/keys',
		'/keys/%',
		'/%E0%A4%A',
		'/%00',
		'/keys\\index.html',
		`/${'x'.repeat(4000)}`,
		'/.hidden',
		'/.build.json',
		'/.git/config',
		'/keys/.secret/file.txt',
		'/boot.js.br',
		'/boot.js.gz',
		'/boot.js%2Egz',
		'/../secret.txt',
		'/%2e%2e/secret.txt',
		'/..%2fsecret.txt',
		'/..%5csecret.txt',
		'/keys/../../secret.txt',
		'/../build-2/secret.txt',
		'/./keys'
	])('%s: nothing there, the fallback with 404', async (path) => {
		const { status, body, headers } = await ask(port, path);
		expect([status, body.toString()]).toEqual([404, FALLBACK]);
		expect(headers).toMatchObject(headersOf('404.html'));
		expect(headers.etag).toBeUndefined();
	});

	test('no address reaches a file outside the build or stops the server', async () => {
		const piece = fc.constantFrom(
			...['..', '.', '%2e', '%2f', '/', '\\', '%5c', '%00', '%', '%c0%ae', '?', '*', '&', ':'],
			...['secret.txt', 'build-2', '.hidden', 'keys', 'embed', 'boot.js', '.br', 'x']
		);
		await fc.assert(
			fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
				const { status, body } = await ask(port, `/${pieces.join('')}`);
				expect([200, 404]).toContain(status);
				expect(body.toString()).not.toContain(SECRET);
			}),
			{ numRuns: propertyRuns({ short: 300, long: 10_000 }) }
		);
		expect((await ask(port, '/keys')).status).toBe(200);
	});

	test('below a path: only there, and the path itself leads to it', async () => {
		const below = await start(build, { base: '/docs/app' });
		const led = await ask(below, '/docs/app?a=b');
		expect([led.status, led.headers.location]).toEqual([301, '/docs/app/?a=b']);
		expect((await ask(below, '/docs/app/keys')).body.toString()).toBe('keys');
		expect((await ask(below, '/docs/app/keys/1')).status).toBe(200);
		for (const path of ['/', '/keys', '/docs/apple', '/docs', '/docs/app/../../secret.txt'])
			expect((await ask(below, path)).status).toBe(404);
	});

	test('a build that was not written to its end has no pages beside its files', async () => {
		removeMarker(build);
		const { status } = await ask(port, '/keys/1234');
		writeMarker(build, { sources: '1', version: '1', routes: ['/keys/[keyId]'] });
		expect(status).toBe(404);
		expect((await ask(port, '/keys/1234')).status).toBe(200);
	});
});

describe('what was compressed at build time', () => {
	test.each([
		['gzip, deflate, br, zstd', 'br'],
		['BR', 'br'],
		['gzip', 'gzip'],
		['br;q=0, gzip', 'gzip'],
		['br; q=0.0 , gzip;q=0.5', 'gzip'],
		['gzip;q=0', undefined],
		['brotli, xgzip', undefined],
		['identity', undefined],
		['', undefined]
	])('Accept-Encoding: "%s" gets %s', async (accepted, expected) => {
		const { headers, body } = await ask(port, '/boot.js', {
			headers: { 'accept-encoding': accepted }
		});
		expect(headers['content-encoding']).toBe(expected);
		expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
		expect(headers['content-length']).toBe(String(body.length));
		expect(headers.vary).toBe('accept-encoding');
		const decode = { br: brotliDecompressSync, gzip: gunzipSync }[expected ?? ''];
		expect((decode?.(body) ?? body).toString()).toBe(SCRIPT);
	});

	test('a page that is missing is compressed too', async () => {
		const { status, headers, body } = await ask(port, '/none', {
			headers: { 'accept-encoding': 'br', 'if-none-match': '*', range: 'bytes=0-1' }
		});
		expect([status, headers['content-encoding']]).toEqual([404, 'br']);
		expect(brotliDecompressSync(body).toString()).toBe(FALLBACK);
	});

	test('a file that has changed since is sent as it is', async () => {
		put('changed.js', SCRIPT);
		await precompress(build);
		const changed = SCRIPT.replace('one', 'two');
		put('changed.js', changed);
		const later = new Date(Date.now() + 5_000);
		utimesSync(join(build, 'changed.js'), later, later);
		const { headers, body } = await ask(port, '/changed.js', {
			headers: { 'accept-encoding': 'br' }
		});
		expect([headers['content-encoding'], body.toString()]).toEqual([undefined, changed]);
	});

	test('what is small or packed already has no other form', async () => {
		const { headers } = await ask(port, '/icon.svg', { headers: { 'accept-encoding': 'br' } });
		expect([headers['content-encoding'], headers.vary]).toEqual([undefined, undefined]);
	});
});

describe('parts and conditions', () => {
	const part = async (range: string, more: Record<string, string> = {}) => {
		const { status, headers, body } = await ask(port, '/icon.svg', {
			headers: { range, 'accept-encoding': 'br', ...more }
		});
		return [status, headers['content-range'], status < 300 ? body.toString() : ''];
	};

	test.each([
		['bytes=5-9', 206, 'bytes 5-9/21', '01234'],
		['bytes=-6', 206, 'bytes 15-20/21', '</svg>'],
		['bytes=15-', 206, 'bytes 15-20/21', '</svg>'],
		['bytes=15-999', 206, 'bytes 15-20/21', '</svg>'],
		['bytes=21-', 416, 'bytes */21', ''],
		['bytes=9-5', 416, 'bytes */21', ''],
		['bytes=0-1,5-6', 200, undefined, SVG],
		['lines=1-2', 200, undefined, SVG]
	])('Range: %s is answered with %i', async (range, ...expected) => {
		expect(await part(range)).toEqual(expected);
	});

	test('a part is sent only for the unchanged file', async () => {
		const { etag = '' } = (await ask(port, '/icon.svg')).headers;
		expect((await part('bytes=5-9', { 'if-range': etag }))[0]).toBe(206);
		expect((await part('bytes=5-9', { 'if-range': '"other"' }))[0]).toBe(200);
	});

	test('a part of a compressed file is one of the file itself', async () => {
		const { status, headers, body } = await ask(port, '/boot.js', {
			headers: { range: 'bytes=0-6', 'accept-encoding': 'br' }
		});
		expect([status, headers['content-encoding'], body.toString()]).toEqual([
			206,
			undefined,
			'console'
		]);
	});

	test('what the browser has is not sent again, in each encoding', async () => {
		const tags = new Set<string>();
		for (const accepted of ['identity', 'gzip', 'br']) {
			const known = { 'accept-encoding': accepted };
			const { etag = '' } = (await ask(port, '/boot.js', { headers: known })).headers;
			tags.add(etag);
			const again = await ask(port, '/boot.js', { headers: { ...known, 'if-none-match': etag } });
			expect([again.status, again.body.length]).toEqual([304, 0]);
			expect(again.headers).toMatchObject(headersOf('boot.js'));
			const other = await ask(port, '/boot.js', { headers: { ...known, 'if-none-match': '"x"' } });
			expect(other.status).toBe(200);
		}
		expect(tags.size).toBe(3);
		expect([...tags].every(Boolean)).toBe(true);
	});
});

test('each answer has the headers of its file, and a refusal those of every file', async () => {
	for (const [path, file] of [
		['/keys', 'keys.html'],
		['/boot.js', 'boot.js'],
		['/embed/upload.html', 'embed/upload.html'],
		['/embed/kms-demo.d.ts', 'embed/kms-demo.d.ts']
	] as const) {
		const { headers } = await ask(port, path);
		expect(headers).toMatchObject(headersOf(file));
		for (const name of ['content-security-policy', 'access-control-allow-origin'] as const)
			expect(headers[name]).toBe(headersOf(file)[name]);
	}
	expect((await ask(port, '/keys')).headers).toMatchObject(CONSOLE_FILE);
	const refused = [
		await ask(port, '/', { headers: { host: 'evil.example' } }),
		await ask(port, '/', { method: 'POST' }),
		await ask(port, '/icon.svg', { headers: { range: 'bytes=99-' } })
	];
	for (const { headers } of refused) expect(headers).toMatchObject(EVERY_FILE);
});

test('other headers and another folder are an option', async () => {
	let folder = build;
	const other = join(parent, 'other');
	mkdirSync(other);
	writeFileSync(join(other, 'keys.html'), 'the next version');
	const switched = await start(() => folder, { headers: () => ({ 'x-own': 'yes' }) });
	const before = await ask(switched, '/keys');
	expect(before.headers).toMatchObject({ 'x-own': 'yes' });
	expect(before.headers['content-security-policy']).toBeUndefined();
	folder = other;
	expect((await ask(switched, '/keys')).body.toString()).toBe('the next version');
	expect((await ask(switched, '/none')).status).toBe(404);
});

test('a browser that goes away in the middle leaves the server as it was', async () => {
	put('large.txt', 'x'.repeat(20_000_000));
	const sent = request({ host: 'localhost', port, path: '/large.txt', agent: false }).end();
	await once(sent, 'response');
	sent.destroy();
	expect((await ask(port, '/keys')).status).toBe(200);
});
