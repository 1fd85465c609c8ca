// Serves a build as docs/hosting.md describes: clean URLs, 404.html as the fallback, the copies compressed at build time. This
// file chooses the file and checks the host name; @fastify/send handles ranges and conditional requests.
import send from '@fastify/send';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { readMarker } from './build-marker.js';
import { embedAncestors } from './embed/ancestors.js';
import { EVERY_FILE, headersOf } from './headers.js';
import { listen } from './listen.js';
import { ENCODINGS, isPrecompressed } from './precompress.js';
import { anyRoute } from './routes.js';
import { root } from './run.js';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/**
 * @typedef {object} ServeOptions
 * @property {string} [base] the path at which the build is served, such as "/docs"; absent: the root
 * @property {(path: string) => Record<string, string>} [headers] of a file, by its path inside the build
 * @property {readonly string[]} [hosts] accepted host names, besides those of this machine
 */

const FALLBACK = '404.html';

const OWN_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** Content types that differ from those of `send`. @type {Record<string, string | undefined>} */
const TYPES = { '.js': 'text/javascript', '.ts': 'text/plain' };

/**
 * @param {string} [list] names separated by spaces, such as "kms.example.com kms.test"
 * @returns {readonly string[]}
 */
export function allowedHosts(list = process.env['ALLOWED_HOSTS']) {
	return (list ?? '').toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * @param {string | (() => string)} folder where the build is; a function may change its mind
 * @param {ServeOptions} [options]
 * @returns {(request: Request, response: Response) => void} the request handler
 */
export function createAnswer(folder, options = {}) {
	const allowed = embedAncestors();
	const { base = '', hosts = allowedHosts() } = options;
	const headers = options.headers ?? ((/** @type {string} */ path) => headersOf(path, allowed));
	const names = new Set([...OWN_HOSTS, ...hosts]);
	return (request, response) => {
		const build = typeof folder === 'string' ? folder : folder();
		answer(request, response, { build, base, headers, names }).catch(
			(/** @type {unknown} */ error) => {
				console.error(error);
				if (response.headersSent) response.destroy();
				else refuse(response, 500, 'the server failed');
			}
		);
	};
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {{ build: string, base: string, headers: (path: string) => Record<string, string>, names: ReadonlySet<string> }} site
 */
async function answer(request, response, { build, base, headers, names }) {
	const { method = '', url = '' } = request;
	// DNS rebinding: another site's domain name may point to this machine
	if (!names.has(hostName(request))) {
		refuse(response, 421, 'not a name of this server: ALLOWED_HOSTS takes more');
		return;
	}
	if (method !== 'GET' && method !== 'HEAD') {
		refuse(response, 405, 'only GET and HEAD', { allow: 'GET, HEAD' });
		return;
	}

	const [address = '', ...query] = url.split('?');
	if (base !== '' && address === base) {
		refuse(response, 301, '', { location: [`${base}/`, ...query].join('?') });
		return;
	}
	if (!address.startsWith(`${base}/`)) {
		refuse(response, 404, 'not found');
		return;
	}

	const path = address.slice(base.length);
	const parts = partsOf(path);
	const found = parts && (await fileOf(build, parts));
	const file = found ?? FALLBACK;
	const isMissing = found === undefined && !(parts && isRoute(build, path));
	await sendFile(request, response, { build, file, isMissing, headers: headers(file) });
}

/**
 * @param {Request} request
 * @returns {string} without the port
 */
const hostName = ({ headers }) => (headers.host ?? '').toLowerCase().replace(/:\d*$/, '');

/**
 * @param {string} path
 * @returns {string[] | undefined} the names between its slashes; undefined if an escape in the path is invalid
 */
function partsOf(path) {
	try {
		return path.slice(1).split('/').map(decodeURIComponent);
	} catch {
		return undefined;
	}
}

/**
 * @param {string} build
 * @param {readonly string[]} parts
 * @returns {Promise<string | undefined>} the path inside the build
 */
async function fileOf(build, parts) {
	// no files outside the build, no hidden files, and no addresses for compressed copies
	const isNone = parts.some(
		(part) => part.startsWith('.') || /[/\\\0]/.test(part) || isPrecompressed(part)
	);
	if (isNone) return undefined;
	const path = parts.join('/');
	const isFolder = path === '' || path.endsWith('/');
	const candidates = isFolder
		? [`${path}index.html`]
		: [path, `${path}.html`, `${path}/index.html`];
	for (const candidate of candidates)
		if ((await changedAt(join(build, candidate))) !== undefined) return candidate;
	return undefined;
}

/**
 * @param {string} build
 * @param {string} path as requested
 * @returns {boolean} whether this is a page of the app without a file, such as the page of a key
 */
function isRoute(build, path) {
	return new RegExp(`^(?:${anyRoute(readMarker(build)?.routes ?? [])})/?$`).test(path);
}

/**
 * @param {string} path
 * @returns {Promise<number | undefined>} undefined if the file does not exist or the path is impossible
 */
async function changedAt(path) {
	const info = await stat(path).catch(() => undefined);
	return info?.isFile() ? info.mtimeMs : undefined;
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {object} what
 * @param {string} what.build
 * @param {string} what.file the path inside the build
 * @param {boolean} what.isMissing whether the file is the answer for a missing address
 * @param {Record<string, string>} what.headers
 */
async function sendFile(request, response, { build, file, isMissing, headers }) {
	const variants = await variantsOf(build, file);
	// a client that requests a part combines it with other parts of the uncompressed file
	const isPart = request.headers.range !== undefined && !isMissing;
	const chosen = isPart ? undefined : variants.find(({ name }) => accepts(request, name));
	const found = await send(
		isMissing ? unconditional(request) : request,
		encodeURI(`/${file}${chosen?.ending ?? ''}`),
		{
			root: build,
			cacheControl: false,
			contentType: false,
			index: false,
			etag: !isMissing,
			lastModified: !isMissing,
			acceptRanges: !isMissing
		}
	);
	const isContent = found.type === 'file' && found.statusCode !== 304;
	response.writeHead(isMissing ? 404 : found.statusCode, {
		...lowerCased(found.headers),
		...(isContent && { 'content-type': typeOf(file) }),
		...(isContent && chosen && { 'content-encoding': chosen.name }),
		...(variants.length > 0 && { vary: 'accept-encoding' }),
		...(found.type === 'error' ? EVERY_FILE : headers)
	});
	pipeline(found.stream, response, () => {
		// the client or the file is gone: end the response
	});
}

/**
 * Converts header names to lower case, so that no header is sent twice.
 *
 * @param {Record<string, string>} headers
 * @returns {Record<string, string>}
 */
function lowerCased(headers) {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
	);
}

/**
 * Removes the conditions of a request: the "not found" page is always sent in full.
 *
 * @param {Request} request
 * @returns {Request}
 */
function unconditional(request) {
	/** @type {unknown} */
	const asked = Object.create(request, { headers: { value: {} } });
	return /** @type {Request} */ (asked);
}

/**
 * @param {string} build
 * @param {string} file
 * @returns {Promise<(typeof ENCODINGS)[number][]>} the encodings with a copy of the present file
 */
async function variantsOf(build, file) {
	const path = join(build, file);
	const written = (await changedAt(path)) ?? Infinity;
	const times = await Promise.all(ENCODINGS.map(({ ending }) => changedAt(path + ending)));
	// file times are copied in whole milliseconds
	return ENCODINGS.filter((_, index) => (times[index] ?? -Infinity) + 1 >= written);
}

/**
 * @param {Request} request
 * @param {string} encoding
 * @returns {boolean} whether the browser accepts this encoding
 */
function accepts(request, encoding) {
	const accepted = (request.headers['accept-encoding'] ?? '').toLowerCase().split(',');
	return accepted.some((item) => {
		const [name, ...parameters] = item.split(';').map((part) => part.trim());
		return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
	});
}

/** @param {string} file */
function typeOf(file) {
	const type = TYPES[extname(file)] ?? send.mime.getType(file) ?? 'application/octet-stream';
	return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/**
 * @param {Response} response
 * @param {number} status
 * @param {string} text
 * @param {Record<string, string>} [headers]
 */
function refuse(response, status, text, headers = {}) {
	const type = { 'content-type': 'text/plain; charset=utf-8' };
	response.writeHead(status, { ...type, ...EVERY_FILE, ...headers }).end(text && `${text}\n`);
}

/**
 * @param {string | (() => string)} folder where the build is; a function may change its mind
 * @param {number} port on localhost; 0 for any free port
 * @param {ServeOptions} [options]
 * @returns {Promise<import('node:http').Server>} resolves when the server listens
 */
export async function serve(folder, port, options) {
	const server = createServer(createAnswer(folder, options));
	await listen(server, port);
	return server;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	await serve(join(root, 'build'), Number(process.env['PORT'] ?? 4173));
