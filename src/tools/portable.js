// Changes the output of adapter-static so that it runs at any path of any static host.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './fallback-bootstrap.js';
import { headersFile } from './headers.js';
import { anyRoute } from './routes.js';

/**
 * @param {string} folder the build
 * @param {string[]} pages addresses of the prerendered pages, such as "/keys"
 * @param {string[]} routes SvelteKit's names of all routes, such as "/keys/[keyId]"
 * @param {readonly string[]} [allowed] origins whose pages may frame an embed; empty: any page may
 */
export function makePortable(folder, pages, routes, allowed = []) {
	const fallback = portableFallback(
		readFileSync(join(folder, '404.html'), 'utf8'),
		readFileSync(join(folder, 'boot.js'), 'utf8'),
		readFileSync(join(folder, '_app/version.json'), 'utf8'),
		routes
	);
	writeFileSync(join(folder, '404.html'), fallback);
	// A host without clean URLs looks for a folder at /keys, and might otherwise list its files.
	for (const page of pages.filter((path) => path !== '/')) {
		mkdirSync(join(folder, page), { recursive: true });
		writeFileSync(join(folder, page, 'index.html'), fallback);
	}
	const others = readdirSync(folder, { withFileTypes: true }).map((entry) =>
		entry.isDirectory() ? `${entry.name}/` : entry.name
	);
	writeFileSync(join(folder, '_headers'), headersFile(pages, others, allowed));
	// without this file, GitHub Pages leaves out folders such as _app
	writeFileSync(join(folder, '.nojekyll'), '');
}

/**
 * SvelteKit compiles the base path only into the fallback page, because this page can be requested at any depth. Here the
 * page's links are delayed, its start script is replaced by one that finds the path, and the script before the first paint
 * is inlined.
 *
 * @param {string} html as SvelteKit wrote it for the base path ""
 * @param {string} boot the script that runs before the first paint
 * @param {string} version the content of the version file
 * @param {string[]} routes
 * @returns {string}
 */
function portableFallback(html, boot, version, routes) {
	const kitStart = /<script>([^]+?)<\/script>/.exec(html)?.[1] ?? '';
	const global = /__sveltekit_\w+/.exec(kitStart)?.[0];
	const entries = [...kitStart.matchAll(/import\("([^"]+)"\)/g)].map(([, path]) => path);
	const options = { global, entries, version, routes: anyOf(routes) };
	const start = `(${bootstrap.toString()})(${JSON.stringify(options)})`;
	const bootTag = '<script src="/boot.js"></script>';
	if (!global || entries.length !== 2 || !html.includes(hash(kitStart)) || !html.includes(bootTag))
		throw new Error('404.html is not what it was: see how kit starts an app now');
	return (
		html
			.replace(kitStart, () => start)
			.replace(hash(kitStart), `${hash(boot)} ${hash(start)}`)
			.replace(bootTag, () => `<script>${boot}</script>`)
			.replaceAll(' href="/', ' data-href="/')
			// without an icon address a browser requests /favicon.ico; what is loaded early is reported without an address
			.replace(' rel="icon"', ' rel="icon" href="data:,"')
			.replaceAll(/ (rel="(?:module)?preload")/g, ' data-$1')
	);
}

/**
 * @param {string[]} routes
 * @returns {string} a pattern of addresses that end with one of the routes, the longest if several match
 */
function anyOf(routes) {
	return `^(.*?)(?:${anyRoute(routes)})/?$`;
}

/** @param {string} script */
function hash(script) {
	return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
