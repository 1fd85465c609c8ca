// The app's own modules, for programs that run in Node: what is true here is true there.
import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from './run.js';

/** @returns what loads a module by its path from the project's folder, and ends */
export async function openModules() {
	const server = await createServer({
		root,
		configFile: false,
		logLevel: 'error',
		appType: 'custom',
		resolve: { alias: { $lib: join(root, 'src/lib') } },
		server: { middlewareMode: true, ws: false, watch: null },
		optimizeDeps: { noDiscovery: true }
	});
	return {
		/** @param {string} path such as "/src/lib/domain/key.ts" */
		load: (path) => server.ssrLoadModule(path),
		close: () => server.close()
	};
}
