import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { embedAncestors } from './embed/ancestors.js';

const ROOT = join(import.meta.dirname, '../..');
/** All files that a build reads. */
const SOURCES = [
	'src',
	'static',
	'docs/embed',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];
const GENERATED = [
	'src/lib/paraglide',
	'src/i18n/project.inlang',
	'src/lib/ui/kit/styles/hyperlegible.woff2'
];

/**
 * A name for the sources of a build: the same sources and embed settings give the same name, other sources another name. By
 * this name the service worker separates the files of versions, and `npm start` recognises an existing build. Node built-ins
 * only.
 *
 * @param {string} [root] the folder of the project
 * @returns {string}
 */
export function sourceVersion(root = ROOT) {
	const hash = createHash('sha256');
	for (const path of SOURCES.flatMap((source) => filesOf(root, source)))
		hash.update(`${path}\0`).update(readFileSync(join(root, path)));
	// the embeds' service worker sends this list with the pages that it stores
	hash.update(`${embedAncestors().join(' ')}\0${process.env['EMBED_ORIGIN'] ?? ''}`);
	return hash.digest('hex').slice(0, 12);
}

/**
 * @param {string} root
 * @param {string} path a file or a folder
 * @returns {string[]}
 */
function filesOf(root, path) {
	if (path.includes('.')) return [path];
	return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(root, join(entry.parentPath, entry.name)))
		.filter((file) => !GENERATED.some((folder) => file.startsWith(folder)))
		.sort();
}
