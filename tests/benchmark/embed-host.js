// One host for both sides of the comparison: everything is compressed before anybody asks, and every byte is counted.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { swaggerUi } from '../../src/tools/embed/size.js';

/** @type {Record<string, string | undefined>} */
const TYPES = {
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json',
	'.png': 'image/png',
	'.svg': 'image/svg+xml'
};

const HOST_PAGE =
	'<!doctype html><html lang="en"><title>host</title><link rel="icon" href="data:,"><body>';

/**
 * @param {string} embeds the folder of the embeds in a build
 * @returns {Map<string, Buffer>} what is served, by path
 */
function contents(embeds) {
	const initializer = readFileSync(join(swaggerUi(), 'swagger-initializer.js'), 'utf8');
	const local = initializer.replace('https://petstore.swagger.io/v2/swagger.json', 'petstore.json');
	if (local === initializer) throw new Error('Swagger UI starts in another way now');
	return new Map([
		['/host.html', Buffer.from(HOST_PAGE)],
		...filesOf(embeds, '/embed/'),
		...filesOf(swaggerUi(), '/swagger-ui/'),
		['/swagger-ui/swagger-initializer.js', Buffer.from(local)],
		['/swagger-ui/petstore.json', readFileSync(join(import.meta.dirname, 'petstore.json'))]
	]);
}

/**
 * @param {string} folder
 * @param {string} at
 * @returns {[string, Buffer][]}
 */
function filesOf(folder, at) {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => TYPES[extname(path)] !== undefined)
		.map((path) => [at + path.split(sep).join('/'), readFileSync(join(folder, path))]);
}

/**
 * @param {string} embeds the folder of the embeds in a build
 * @returns {Promise<{ origin: string, bytes: () => number, stop: () => void }>} `bytes`: sent since it was last asked
 */
export async function startHost(embeds) {
	const files = contents(embeds);
	/** @type {Map<string, Buffer>} */
	const compressed = new Map();
	let sent = 0;
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? '/', 'http://localhost').pathname;
		const content = files.get(path);
		if (!content) {
			response.writeHead(404).end();
			return;
		}
		const body = compressed.get(path) ?? brotliCompressSync(content);
		compressed.set(path, body);
		sent += body.length;
		response
			.writeHead(200, {
				'content-type': TYPES[extname(path)] ?? '',
				'content-encoding': 'br',
				'content-length': body.length
			})
			.end(body);
	});
	await new Promise((listening) => {
		server.listen(0, 'localhost', () => {
			listening(undefined);
		});
	});
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		origin: `http://localhost:${String(address.port)}`,
		bytes: () => {
			const bytes = sent;
			sent = 0;
			return bytes;
		},
		stop: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}
