import adapter from '@sveltejs/adapter-static';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifySync } from 'vite';
import { embedAncestors } from './src/tools/embed/ancestors.js';
import { buildEmbed } from './src/tools/embed/build.js';
import { finishEmbed } from './src/tools/embed/finish.js';
import { removeMarker, writeMarker } from './src/tools/build-marker.js';
import { makePortable } from './src/tools/portable.js';
import { precompress } from './src/tools/precompress.js';
import { sourceVersion } from './src/tools/source-version.js';

const out = process.env.BUILD_DIR ?? 'build';
// kept for the processes that kit starts: a file changed while it builds must not give them another name
const sources = (process.env.SOURCE_VERSION ??= sourceVersion());
const version = (process.env.APP_VERSION ??= sources);

const staticHost = adapter({ pages: out, assets: out, fallback: '404.html', strict: true });

/**
 * Files of `static` are copied as they are, but this one blocks the first paint.
 *
 * @param {string} script
 */
function minify(script) {
	writeFileSync(script, minifySync(script, readFileSync(script, 'utf8')).code);
}

/** @type {import('@sveltejs/kit').Adapter} */
const anyHost = {
	name: 'any-host',
	async adapt(builder) {
		removeMarker(out);
		await staticHost.adapt(builder);
		minify(join(out, 'boot.js'));
		const routes = builder.routes.map(({ id }) => id);
		await buildEmbed(out);
		finishEmbed(out);
		makePortable(out, builder.prerendered.paths, routes, embedAncestors());
		await precompress(out);
		writeMarker(out, { sources, version, routes });
	}
};

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: anyHost,
		// kit writes this policy, with the hash of its one inline script, into every HTML file
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				// the inline style of kit's route announcer
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				// the preview of an embed
				'frame-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none'],
				'object-src': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'app-script-url']
			}
		},
		paths: { relative: true },
		// registered by src/lib/offline/register.ts
		// pictures for app stores and published test vectors are no part of what is used offline
		serviceWorker: { register: false, files: (path) => !/^(?:screenshots|vectors)\//.test(path) },
		version: { name: version, pollInterval: 0 }
	}
};
