import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { embedAncestors } from './embed/ancestors.js';

const root = join(import.meta.dirname, '../..');
const SOURCES = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const GENERATED = ['src/lib/paraglide', 'src/i18n/project.inlang'];

/**
 * A name for what is built: the same sources, and the same allow-list for embeds, give the same name, other sources another one. The service worker keeps
 * the files of different versions apart by it.
 *
 * @returns {string}
 */
export function sourceVersion() {
	const hash = createHash('sha256');
	for (const path of SOURCES.flatMap(filesOf))
		hash.update(`${path}\0`).update(readFileSync(join(root, path)));
	// the service worker of the embeds sends it with the pages that it keeps
	hash.update(embedAncestors().join(' '));
	return hash.digest('hex').slice(0, 12);
}

/**
 * @param {string} path a file or a folder
 * @returns {string[]}
 */
function filesOf(path) {
	if (path.includes('.')) return [path];
	return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(root, join(entry.parentPath, entry.name)))
		.filter((file) => !GENERATED.some((folder) => file.startsWith(folder)))
		.sort();
}
