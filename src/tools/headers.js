// What a host should send with the files of a build. The one source: serve.js sends these, the build's `_headers`
// names them, and a test compares the configurations in docs/hosting with them.

/** A page's own policy does not reach the workers that it starts: they follow the header of their script. */
export const SCRIPT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** The terminal runs OpenSSL in WebAssembly, and no other script may compile any. */
export const TERMINAL_POLICY =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Beside the policy in every page of the console, which cannot say this: nobody may frame it. */
export const PAGE_POLICY = "frame-ancestors 'none'";

/** The pages below it stand in other people's frames. No page of the console lies there. */
const EMBED_FOLDER = 'embed/';

/**
 * The policy beside those pages.
 *
 * @param {readonly string[]} allowed origins whose pages may frame them; none: everybody may
 * @returns {string} empty: no policy. A wildcard would not do: it keeps out pages that were opened from a disk
 */
export function embedPolicy(allowed) {
	// the console shows a preview of them
	return allowed.length > 0 ? `frame-ancestors 'self' ${allowed.join(' ')}` : '';
}

/** Other origins load these: the element as a module script, and what consumers of oEmbed fetch. */
const FOR_OTHER_ORIGINS = /^embed\/(?:kms-demo\.(?:js|d\.ts)|oembed\/[^/]+\.json)$/;
const OTHER_ORIGINS = '*';

/** What the build calls the two scripts that start a worker. */
const WORKERS = '_app/immutable/workers/';
const TERMINAL = /\/workers\/terminal\.worker-[^/]*\.js$/;

/**
 * @param {string} path that ends in ".js"
 * @returns {string}
 */
export function scriptPolicyOf(path) {
	return TERMINAL.test(path) ? TERMINAL_POLICY : SCRIPT_POLICY;
}

/** Names below it carry a digest of their content. */
const IMMUTABLE_FOLDER = '_app/immutable/';
export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** What no page here ever asks a browser for. Copying to the clipboard is not among it: pages and embeds do that. */
const NEVER_USED = [
	'accelerometer',
	'camera',
	'display-capture',
	'geolocation',
	'gyroscope',
	'hid',
	'magnetometer',
	'microphone',
	'midi',
	'payment',
	'serial',
	'usb',
	'xr-spatial-tracking'
];

export const EVERY_FILE = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	// marked, so that the service workers, which need other parts of this file, go without
	'permissions-policy': /* @__PURE__ */ NEVER_USED.map((feature) => `${feature}=()`).join(', ')
};

/** The console's files are for its own origin: no other page loads one, or holds a window that shows one. */
export const CONSOLE_FILE = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin'
};

/** What a frame in another origin's page loads; a frame in a sandbox is of another origin than its own files. */
export const EMBED_FILE = { 'cross-origin-resource-policy': 'cross-origin' };

/**
 * @param {string} path inside the build, such as "keys.html"
 * @param {readonly string[]} [allowed] origins whose pages may frame an embed; none: everybody may
 * @returns {Record<string, string>}
 */
export function headersOf(path, allowed = []) {
	const policy = policyOf(path, allowed);
	return {
		'cache-control': path.startsWith(IMMUTABLE_FOLDER) ? IMMUTABLE : 'no-cache',
		...(policy && { 'content-security-policy': policy }),
		...(FOR_OTHER_ORIGINS.test(path) && { 'access-control-allow-origin': OTHER_ORIGINS }),
		...(path.startsWith(EMBED_FOLDER) ? EMBED_FILE : CONSOLE_FILE),
		...EVERY_FILE
	};
}

/**
 * @param {string} path
 * @param {readonly string[]} allowed
 */
function policyOf(path, allowed) {
	if (path.endsWith('.js')) return scriptPolicyOf(`/${path}`);
	return path.startsWith(EMBED_FOLDER) ? embedPolicy(allowed) : PAGE_POLICY;
}

/**
 * The file `_headers`, which Netlify, Cloudflare Pages and some others read at the root of a site.
 *
 * Where two rules name one header, some of them send both values and some the second. So no rule contradicts another:
 * two policies both hold, and what "no-cache" means is what these hosts do unasked. And no rule can take a header away
 * again: what holds for the console alone is said of each of its addresses, not of all but some.
 *
 * @param {readonly string[]} pages addresses of the console's prerendered pages, such as "/keys"
 * @param {readonly string[]} entries of the build's folder, a folder with a slash at its end, such as "_app/"
 * @param {readonly string[]} [allowed] origins whose pages may frame an embed; none: everybody may
 * @returns {string}
 */
export function headersFile(pages, entries, allowed = []) {
	const unframed = { 'content-security-policy': PAGE_POLICY, ...CONSOLE_FILE };
	const script = { 'content-security-policy': SCRIPT_POLICY };
	const forAll = { 'access-control-allow-origin': OTHER_ORIGINS };
	const framed = embedPolicy(allowed);
	const addresses = consoleAddresses(pages);
	const others = entries
		.filter((name) => name !== EMBED_FOLDER && !name.startsWith('.'))
		.map((name) => (name.endsWith('/') ? `/${name}*` : `/${name}`))
		.filter((path) => !addresses.includes(path))
		.sort();
	/** @type {Record<string, Record<string, string>>} */
	const rules = {
		'/*': EVERY_FILE,
		...Object.fromEntries(addresses.map((path) => [path, unframed])),
		...Object.fromEntries(others.map((path) => [path, CONSOLE_FILE])),
		[`/${EMBED_FOLDER}*`]: { ...(framed && { 'content-security-policy': framed }), ...EMBED_FILE },
		[`/${IMMUTABLE_FOLDER}*`]: { 'cache-control': IMMUTABLE },
		// of scripts only those that start a worker have a policy that counts
		[`/${WORKERS}kms.worker-*`]: script,
		[`/${WORKERS}terminal.worker-*`]: { 'content-security-policy': TERMINAL_POLICY },
		'/service-worker.js': { ...script, ...CONSOLE_FILE },
		[`/${EMBED_FOLDER}engine-*`]: script,
		[`/${EMBED_FOLDER}sw.js`]: script,
		[`/${EMBED_FOLDER}kms-demo.js`]: forAll,
		[`/${EMBED_FOLDER}kms-demo.d.ts`]: forAll,
		[`/${EMBED_FOLDER}oembed/*`]: forAll
	};
	return Object.entries(rules)
		.flatMap(([path, headers]) => [
			path,
			...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)
		])
		.map((line) => `${line}\n`)
		.join('');
}

/**
 * Everything below the first part of an address, so that few rules do: some hosts take a hundred.
 *
 * @param {readonly string[]} pages
 */
function consoleAddresses(pages) {
	const first = [...new Set(pages.map((path) => path.split('/')[1] ?? ''))].filter(Boolean).sort();
	return [
		'/',
		'/index.html',
		'/404.html',
		...first.flatMap((name) => [`/${name}`, `/${name}.html`, `/${name}/*`])
	];
}
