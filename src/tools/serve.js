// Serves a build as a plain static host does: clean URLs, 404.html as the fallback.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embedAncestors } from './embed/ancestors.js';
import { headersOf } from './headers.js';

/** @type {Record<string, string | undefined>} */
const types = {
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.ts': 'text/plain; charset=utf-8',
	'.webmanifest': 'application/manifest+json'
};

/**
 * @param {string} folder
 * @param {string} path
 * @returns {Promise<string | undefined>}
 */
async function find(folder, path) {
	for (const candidate of [path, `${path}.html`, join(path, 'index.html')]) {
		const file = join(folder, normalize(candidate));
		if (!file.startsWith(folder + sep)) return undefined;
		const info = await stat(file).catch(() => undefined);
		if (info?.isFile()) return file;
	}
	return extname(path) ? undefined : join(folder, '404.html');
}

/**
 * @param {string} path
 * @returns {string} as it is, where an escape stands for nothing: then no file has that name
 */
function decoded(path) {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/**
 * @param {string | (() => string)} folder where the files are; a function may change its mind
 * @param {number} port 0 for any free one
 * @param {string} base the path below which the build is served, such as "/docs"
 * @returns {Promise<import('node:http').Server>} once it listens
 */
export function serve(folder, port, base = '') {
	const allowed = embedAncestors();
	const server = createServer((request, response) => {
		void (async () => {
			const path = decoded(new URL(request.url ?? '/', 'http://localhost').pathname);
			const root = typeof folder === 'string' ? folder : folder();
			const file = path.startsWith(`${base}/`) && (await find(root, path.slice(base.length)));
			if (!file) return response.writeHead(404).end('not found');
			response.writeHead(200, {
				'content-type': types[extname(file)] ?? 'application/octet-stream',
				...headersOf(relative(root, file).split(sep).join('/'), allowed)
			});
			return createReadStream(file)
				.on('error', () => response.destroy())
				.pipe(response);
		})().catch(() => {
			response.writeHead(400).end();
		});
	});
	return new Promise((done, fail) => {
		server.once('error', fail).listen(port, 'localhost', () => {
			done(server);
		});
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	await serve(join(import.meta.dirname, '../..', 'build'), Number(process.env['PORT'] ?? 4173));
