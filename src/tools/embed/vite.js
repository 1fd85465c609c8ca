// Builds one script of the embed, outside SvelteKit's build. A frame without an origin can't load modules, so each script is
// classic and complete. src/lib/embed/shims replaces the parts of SvelteKit that the console's code needs.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embedAncestors } from './ancestors.js';
import { requireNotices } from '../notices.js';
import { embedVersion } from './version.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const EMBED = join(ROOT, 'src/lib/embed');
const SHIMS = join(EMBED, 'shims');

/** The same as the console's (vite.config.ts). */
const TARGET = ['chrome125', 'firefox128', 'safari17.5'];

/** The replacement of each module, by its import name. */
const BY_NAME = new Map([['$app/environment', 'app-environment.ts']]);

/**
 * @typedef {object} Script
 * @property {string} entry below src/lib/embed
 * @property {string} file of the script, below the folder of the output
 * @property {'en' | 'zh-CN'} [locale] the language of every text in it
 * @property {string} [css] the file of its style sheet
 * @property {boolean} [later] loaded after another bundle of the frame, and uses that bundle's Comlink
 * @property {boolean} [inMemory] memory tables replace the database
 */

/**
 * @param {Script} script
 * @param {string} outDir
 * @returns {import('vite').InlineConfig}
 */
export function embedConfig(script, outDir) {
	const { entry, file, css, locale } = script;
	return {
		root: ROOT,
		configFile: false,
		publicDir: false,
		logLevel: 'warn',
		plugins: [
			shims(script),
			svelte({ configFile: false, compilerOptions: { runes: true } }),
			requireNotices(`embed/${file}`)
		],
		resolve: { alias: { $lib: join(ROOT, 'src/lib') } },
		define: {
			// a script without a fixed language gets the language with every text
			__EMBED_LOCALE__: locale === undefined ? 'undefined' : JSON.stringify(locale),
			__EMBED_VERSION__: JSON.stringify(embedVersion()),
			__EMBED_ANCESTORS__: JSON.stringify(embedAncestors().join(' '))
		},
		build: {
			outDir,
			emptyOutDir: false,
			target: TARGET,
			modulePreload: false,
			cssCodeSplit: false,
			copyPublicDir: false,
			reportCompressedSize: false,
			rolldownOptions: {
				input: join(EMBED, entry),
				output: {
					format: 'iife',
					codeSplitting: false,
					entryFileNames: file,
					assetFileNames: css ?? '[name][extname]'
				}
			}
		}
	};
}

/**
 * @param {Script} script
 * @returns {import('vite').Plugin}
 */
function shims({ later = false, inMemory = false }) {
	const byName = new Map(BY_NAME);
	if (later) byName.set('comlink', 'comlink.ts');
	if (inMemory) {
		byName.set('dexie', '../engine/memory-tables.ts');
		byName.set('fake-indexeddb', 'no-indexeddb.ts');
		byName.set('./key-pages', 'no-list.ts');
	}
	return {
		name: 'embed-shims',
		enforce: 'pre',
		resolveId(name, importer = '') {
			const shim = byName.get(name) ?? shimOfFile(name, importer);
			return shim === undefined ? null : join(SHIMS, shim);
		},
		// nothing is loaded later, because one script contains everything
		load: (id) =>
			id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
		// a policy can be created only once, but each bundle of the frame has its own Svelte
		transform: (code, id) => {
			if (!id.endsWith('/svelte/src/internal/client/dom/reconciler.js')) return null;
			if (!code.includes('const policy ='))
				throw new Error('embed: Svelte makes its policy otherwise');
			return {
				code: code.replace('const policy =', 'const policy = globalThis.kmsEmbedHtml ??='),
				map: null
			};
		}
	};
}

/**
 * Recognises modules of the app by their path.
 *
 * @param {string} name
 * @param {string} importer
 */
function shimOfFile(name, importer) {
	if (importer.startsWith(SHIMS)) return undefined;
	if (name.endsWith('?worker&url')) return 'no-worker.ts';
	if (name === './worker' && importer.includes('/src/lib/client/')) return 'worker.ts';
	if (/(?:^|\/)paraglide\/runtime(?:\.js)?$/.test(name)) return 'paraglide-runtime.ts';
	if (name === '../runtime.js' && importer.includes('/paraglide/')) return 'paraglide-runtime.ts';
	if (importer.endsWith('/frame/later.ts')) return undefined;
	return /(?:^|\/)((?:Diagnosed|Observed)\.svelte)$/.exec(name)?.[1];
}
