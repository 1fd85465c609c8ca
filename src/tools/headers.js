// What a host should send with the files of a build. The one source: serve.js sends these, the build's `_headers`
// names them, and a test compares the configurations in docs/hosting with them.

/** A page's own policy does not reach the workers that it starts: they follow the header of their script. */
export const SCRIPT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** The terminal runs OpenSSL in WebAssembly, and no other script may compile any. */
export const TERMINAL_POLICY =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Beside the policy in every page, which cannot say this. */
export const PAGE_POLICY = "frame-ancestors 'none'";

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

export const EVERY_FILE = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer'
};

/**
 * @param {string} path inside the build, such as "keys.html"
 * @returns {Record<string, string>}
 */
export function headersOf(path) {
	return {
		'cache-control': path.startsWith(IMMUTABLE_FOLDER) ? IMMUTABLE : 'no-cache',
		'content-security-policy': path.endsWith('.js') ? scriptPolicyOf(`/${path}`) : PAGE_POLICY,
		...EVERY_FILE
	};
}

/**
 * The file `_headers`, which Netlify, Cloudflare Pages and some others read at the root of a site.
 *
 * Where two rules name one header, some of them send both values and some the second. So no rule contradicts another:
 * two policies both hold, and what "no-cache" means is what these hosts do unasked.
 *
 * @returns {string}
 */
export function headersFile() {
	/** @type {Record<string, Record<string, string>>} */
	const rules = {
		'/*': { 'content-security-policy': PAGE_POLICY, ...EVERY_FILE },
		[`/${IMMUTABLE_FOLDER}*`]: { 'cache-control': IMMUTABLE },
		// of scripts only those that start a worker have a policy that counts
		[`/${WORKERS}kms.worker-*`]: { 'content-security-policy': SCRIPT_POLICY },
		[`/${WORKERS}terminal.worker-*`]: { 'content-security-policy': TERMINAL_POLICY },
		'/service-worker.js': { 'content-security-policy': SCRIPT_POLICY }
	};
	return Object.entries(rules)
		.flatMap(([path, headers]) => [
			path,
			...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)
		])
		.map((line) => `${line}\n`)
		.join('');
}
