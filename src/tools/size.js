// The weight of the first view, the key list, as a visitor downloads it. Fails above the limits.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix, resolve, sep } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { root } from './run.js';

const BUILD = resolve(root, process.env['BUILD_DIR'] ?? 'build');
const PAGE = 'keys.html';

/** Brotli, in units of 1000 bytes. */
const LIMITS = { 'blocks the first paint': 45, 'until interactive': 90 };

/**
 * What the key list loads after the page, each found by a text that survives minification. The two parties, the
 * workbench, offline registration and the fallback for blocked storage come later or not at all.
 */
const BEHIND_THE_PAGE = {
	'the door to the worker': { folder: '/chunks/', mark: /Comlink\.proxy/ },
	'the worker': { folder: '/workers/', mark: /service:fingerprint/ },
	'the database': { folder: '/workers/', mark: /DexieError|dexie\.org/i }
};

/** @type {Map<string, string>} text of every script and style sheet, by path inside the build */
const files = new Map(
	readdirSync(BUILD, { recursive: true, encoding: 'utf8' })
		.map((path) => path.split(sep).join('/'))
		.filter((path) => /\.(?:js|css)$/.test(path) && path !== 'service-worker.js')
		.map((path) => [path, readFileSync(join(BUILD, path), 'utf8')])
);

/** @type {Map<string, string>} built names carry a hash, so the last part is enough to know a file */
const pathByName = new Map([...files.keys()].map((path) => [basename(path), path]));

/**
 * Files whose names stand in a text.
 *
 * @param {string} text
 * @returns {string[]}
 */
function mentioned(text) {
	const names = [...text.matchAll(/(?<![\w.-])[\w.-]+\.(?:js|css)\b/g)].map(([name]) =>
		basename(name)
	);
	return names.flatMap((name) => pathByName.get(name) ?? []);
}

/**
 * @param {string} path
 * @returns {string[]} what a script needs before it runs
 */
function needed(path) {
	const text = files.get(path) ?? '';
	const imports = text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g);
	return [...imports].map(([, name = '']) => posix.join(posix.dirname(path), name));
}

/**
 * @param {string} path
 * @returns {string[]} what it may ever load
 */
function reachable(path) {
	// The app's entry names every page of the app: those are other views.
	return path.includes('/entry/app.') ? needed(path) : mentioned(files.get(path) ?? '');
}

/**
 * @param {Iterable<string>} start
 * @param {(path: string) => string[]} next
 * @returns {Set<string>}
 */
function closure(start, next) {
	const found = new Set(start);
	for (const path of found) for (const other of next(path)) if (files.has(other)) found.add(other);
	return found;
}

/**
 * @param {Set<string>} paths
 * @returns {number} thousands of bytes
 */
function weigh(paths) {
	const bytes = [...paths].map((path) => brotliCompressSync(files.get(path) ?? '').length);
	return bytes.reduce((sum, length) => sum + length, 0) / 1000;
}

const page = readFileSync(join(BUILD, PAGE), 'utf8');
/** Pages are prerendered and modules are deferred: a browser paints with the style sheets and the one classic script. */
const blocking = new Set(mentioned(page).filter((path) => /\.css$|boot\.js$/.test(path)));
const asked = closure(mentioned(page), needed);
const behind = Object.entries(BEHIND_THE_PAGE).map(([what, { folder, mark }]) => {
	const found = [...closure(asked, reachable)].find(
		(path) => path.includes(`immutable${folder}`) && mark.test(files.get(path) ?? '')
	);
	if (!found) throw new Error(`${what} is not in the build any more: look for it by another text`);
	return found;
});
const all = closure([...asked, ...behind], needed);

/** @type {Record<string, number>} */
const figures = {
	'blocks the first paint': weigh(blocking),
	'until interactive': weigh(all)
};
console.log(`${PAGE}, asked for by the page itself: ${weigh(asked).toFixed(1)} kB brotli`);
for (const [name, limit] of Object.entries(LIMITS)) {
	const kB = figures[name] ?? Infinity;
	console.log(`${PAGE}, ${name}: ${kB.toFixed(1)} kB of ${String(limit)} kB brotli`);
	if (kB > limit) process.exitCode = 1;
}
if (process.argv.includes('--list'))
	for (const path of all)
		console.log(
			`${weigh(new Set([path]))
				.toFixed(1)
				.padStart(6)} kB ${asked.has(path) ? '' : 'lazy '}${path}`
		);
