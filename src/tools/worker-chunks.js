// The service worker keeps what Vite's manifest names, and the manifest names a worker but not what the worker loads later.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds every script of the workers, and what they compile, to the manifest, from which kit makes its list of the build.
 *
 * @returns {import('vite').Plugin}
 */
export function workerChunks() {
	return {
		name: 'worker-chunks',
		apply: 'build',
		// kit reads the file after its build of the client
		writeBundle({ dir = '' }, bundle) {
			const path = join(dir, '.vite/manifest.json');
			if (!existsSync(path)) return;
			const scripts = Object.keys(bundle).filter((file) => /\/workers\/.*\.js$|\.wasm$/.test(file));
			const entries = scripts.map((file) => [file, { file }]);
			/** @type {unknown} */
			const manifest = JSON.parse(readFileSync(path, 'utf8'));
			writeFileSync(path, JSON.stringify(Object.assign({}, manifest, Object.fromEntries(entries))));
		}
	};
}
