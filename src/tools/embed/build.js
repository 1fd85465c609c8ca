// Builds the scripts of the embed into <folder>/embed: node src/tools/embed/build.js [folder]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { sourceVersion } from '../source-version.js';
import { writeExample } from './example.js';
import { writeStatic } from './static.js';
import { embedConfig } from './vite.js';

const LOCALES = /** @type {const} */ (['en', 'zh-CN']);

/** @type {readonly import('./vite.js').Script[]} */
const SCRIPTS = [
	{ entry: 'engine/engine.worker.ts', file: 'engine-plain.js', inMemory: true },
	{ entry: 'engine/engine-later.ts', file: 'engine-later.js', inMemory: true },
	{ entry: 'engine/stored.worker.ts', file: 'engine-stored.js' },
	{ entry: 'frame/frame.ts', file: 'frame.js' },
	...LOCALES.flatMap((locale) => [
		{ entry: 'frame/core.ts', file: `core.${locale}.js`, css: 'core.css', locale },
		{ entry: 'frame/later.ts', file: `later.${locale}.js`, css: 'later.css', locale, later: true }
	]),
	{ entry: 'frame/reader.ts', file: 'reader.js' },
	{ entry: 'loader/kms-demo.ts', file: 'kms-demo.js' },
	{ entry: 'offline/sw.ts', file: 'sw.js' }
];

/** The engine as a text, for the frame to make a data: worker of. */
const WRAPPED = new Map([['engine-plain.js', 'engine.js']]);

/** @param {string} folder where the console is */
export async function buildEmbed(folder) {
	const outDir = join(folder, 'embed');
	mkdirSync(outDir, { recursive: true });
	for (const script of SCRIPTS) await write(script, outDir);
	await writeStatic(folder);
	writeExample(folder);
}

/**
 * @param {import('./vite.js').Script} script
 * @param {string} outDir
 */
async function write(script, outDir) {
	const config = embedConfig(script, outDir);
	const built = await build({ ...config, build: { ...config.build, write: false } });
	const outputs = Array.isArray(built) ? built : [built];
	for (const output of outputs) {
		if (!('output' in output)) throw new Error(`embed: ${script.file} was watched, not built`);
		for (const file of output.output) {
			const content = file.type === 'chunk' ? file.code.trim() : file.source;
			writeFileSync(join(outDir, file.fileName), content);
			const wrapped = WRAPPED.get(file.fileName);
			if (wrapped !== undefined)
				writeFileSync(
					join(outDir, wrapped),
					`globalThis.kmsEngine=${JSON.stringify(String(content))};\n`
				);
		}
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	process.env['APP_VERSION'] ??= sourceVersion();
	await buildEmbed(process.argv[2] ?? 'build');
}
