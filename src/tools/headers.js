// The headers that a host should send with the files of a build. This is their only source: serve.js sends them, the build
// writes them to `_headers`, and a test compares the configurations in docs/hosting with them.

/** A page's policy does not apply to its workers: a worker follows the header of its script. */
export const SCRIPT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** The terminal runs OpenSSL in WebAssembly. No other script may compile WebAssembly. */
export const TERMINAL_POLICY =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** No page may frame the console. The policy inside a page can't say this, so a header does. */
export const PAGE_POLICY = "frame-ancestors 'none'";

/** The folder of the pages that other sites may frame. It has no page of the console. */
const EMBED_FOLDER = 'embed/';

/**
 * The policy sent with those pages.
 *
 * @param {readonly string[]} allowed origins whose pages may frame an embed; empty: any page may
 * @returns {string} empty: no policy. A wildcard is not used, because it excludes pages that were opened from a disk
 */
export function embedPolicy(allowed) {
	// the console shows a preview of them
	return allowed.length > 0 ? `frame-ancestors 'self' ${allowed.join(' ')}` : '';
}

/** Files for other origins: the element as a module script, and the files that oEmbed consumers fetch. */
const FOR_OTHER_ORIGINS = /^embed\/(?:kms-demo\.(?:js|d\.ts)|oembed\/[^/]+\.json)$/;
const OTHER_ORIGINS = '*';

/** The names of the two scripts that start a worker. */
const WORKERS = '_app/immutable/workers/';
const TERMINAL = /\/workers\/terminal\.worker-[^/]*\.js$/;

/**
 * @param {string} path that ends in ".js"
 * @returns {string}
 */
export function scriptPolicyOf(path) {
	return TERMINAL.test(path) ? TERMINAL_POLICY : SCRIPT_POLICY;
}

/** File names in this folder contain a digest of the content. */
const IMMUTABLE_FOLDER = '_app/immutable/';
export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Permissions that no page needs. Clipboard writing is not listed, because the console and embeds copy text. */
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
	// marked as pure, so that the service workers, which need other parts of this file, don't include it
	'permissions-policy': /* @__PURE__ */ NEVER_USED.map((feature) => `${feature}=()`).join(', ')
};

/** The console's files are for its own origin: no other page may load them or keep a window that shows them. */
export const CONSOLE_FILE = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin'
};

/** For files that a frame in another origin's page loads. A sandboxed frame has another origin than its own files. */
export const EMBED_FILE = { 'cross-origin-resource-policy': 'cross-origin' };

/**
 * @param {string} path inside the build, such as "keys.html"
 * @param {readonly string[]} [allowed] origins whose pages may frame an embed; empty: any page may
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
 * If two rules set the same header, some hosts send both values and some send the second. So no two rules contradict each
 * other: two policies apply together, and these hosts send "no-cache" by default. A rule can't remove a header, so the
 * console's headers are set for each of its addresses, not for all addresses with exceptions.
 *
 * @param {readonly string[]} pages addresses of the console's prerendered pages, such as "/keys"
 * @param {readonly string[]} entries of the build's folder; a folder ends with a slash, such as "_app/"
 * @param {readonly string[]} [allowed] origins whose pages may frame an embed; empty: any page may
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
		// a policy has an effect only on the scripts that start a worker
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
 * One pattern for everything below the first part of an address: some hosts accept only 100 rules.
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
