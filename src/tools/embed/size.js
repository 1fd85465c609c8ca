// What an embed weighs, from the click to the first answer, beside Swagger UI. Fails above the limits.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from '../run.js';

/**
 * Bytes.
 *
 * @typedef {{ readonly raw: number, readonly gz: number, readonly br: number }} Size
 */

/**
 * What `weights.json` holds, for the page that writes the line to paste.
 *
 * @typedef {object} Weights
 * @property {Size} loader the script of the element
 * @property {Size} frame what a frame loads besides the engine: page, scripts, style sheet, scenario
 * @property {Size} engine the service and the customer's machine
 * @property {Size} later what a frame loads when it is first needed
 */

const LOADER_LIMIT = 5000;
const RATIO_LIMIT = 0.2;

const LOCALES = ['en', 'zh-CN'];

/** What the page of Swagger UI loads; the page itself is the first. */
const SWAGGER_UI = [
	'index.html',
	'swagger-ui.css',
	'index.css',
	'swagger-ui-bundle.js',
	'swagger-ui-standalone-preset.js',
	'swagger-initializer.js'
];
/** Nobody can do with less. */
const SWAGGER_UI_CORE = ['swagger-ui-bundle.js', 'swagger-ui.css'];

/**
 * @param {readonly string[]} names of files in the folder of the embeds
 * @returns {string[]} the pages that stand in frames
 */
export function framePages(names) {
	return names.filter((name) => name.endsWith('.html')).sort();
}

/** @type {Map<string, Size>} by path: the best compression of the largest file takes seconds */
const known = new Map();

/**
 * @param {string} path
 * @returns {Size}
 */
function sizeOf(path) {
	const size = known.get(path) ?? compressed(readFileSync(path));
	known.set(path, size);
	return size;
}

/** @param {Buffer} content */
function compressed(content) {
	return {
		raw: content.length,
		gz: gzipSync(content, { level: 9 }).length,
		br: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
	};
}

/**
 * @param {readonly Size[]} sizes
 * @returns {Size}
 */
function sum(sizes) {
	return {
		raw: sizes.reduce((all, { raw }) => all + raw, 0),
		gz: sizes.reduce((all, { gz }) => all + gz, 0),
		br: sizes.reduce((all, { br }) => all + br, 0)
	};
}

/**
 * @param {string} folder
 * @param {readonly string[]} names
 */
const sizesOf = (folder, names) => sum(names.map((name) => sizeOf(join(folder, name))));

/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => Size} size
 */
const heaviest = (items, size) =>
	items.reduce((most, item) => (size(item).br > size(most).br ? item : most));

/**
 * The heavier language and the heaviest demo.
 *
 * @param {string} outDir the folder of the embeds in a build
 * @returns {Weights & { readonly demo: string }}
 */
export function weigh(outDir) {
	/** @param {string} file */
	const inAnyLanguage = (file) =>
		heaviest(
			LOCALES.map((locale) => sizesOf(outDir, [`${file}.${locale}.js`, `${file}.css`])),
			(size) => size
		);
	const demos = framePages(readdirSync(outDir))
		.map((page) => page.replace(/\.html$/, ''))
		.filter((demo) => existsSync(join(outDir, `scenarios/${demo}.en.js`)))
		.map((demo) => ({
			demo,
			size: sum([
				sizesOf(outDir, [`${demo}.html`]),
				heaviest(
					LOCALES.map((locale) => sizesOf(outDir, [`scenarios/${demo}.${locale}.js`])),
					(one) => one
				)
			])
		}));
	if (demos.length === 0) throw new Error(`${outDir} has no demos`);
	const { demo, size } = heaviest(demos, (one) => one.size);
	return {
		demo,
		loader: sizesOf(outDir, ['kms-demo.js']),
		frame: sum([size, sizesOf(outDir, ['frame.js']), inAnyLanguage('core')]),
		engine: sizesOf(outDir, ['engine.js']),
		later: sum([inAnyLanguage('later'), sizesOf(outDir, ['engine-later.js'])])
	};
}

/** @param {string} outDir */
export function writeWeights(outDir) {
	const { loader, frame, engine, later } = weigh(outDir);
	writeFileSync(
		join(outDir, 'weights.json'),
		`${JSON.stringify({ loader, frame, engine, later })}\n`
	);
}

/** The folder of the package, which is no module of this project. */
export const swaggerUi = () =>
	dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * @param {string} outDir
 * @returns {boolean} whether everything is within its limit
 */
function report(outDir) {
	const { demo, loader, frame, engine } = weigh(outDir);
	const embed = sum([frame, engine]);
	const whole = sizesOf(swaggerUi(), SWAGGER_UI);
	const core = sizesOf(swaggerUi(), SWAGGER_UI_CORE);
	console.log(`embed/kms-demo.js: ${kB(loader.br)} of ${kB(LOADER_LIMIT)} brotli`);
	console.log(`embed/${demo}.html, the heaviest, from the click to the first answer:`);
	for (const encoding of /** @type {const} */ (['raw', 'gz', 'br'])) {
		const ratio = embed[encoding] / whole[encoding];
		console.log(
			`  ${encoding.padEnd(3)} ${kB(embed[encoding]).padStart(9)} / ${kB(whole[encoding])} of Swagger UI = ${ratio.toFixed(3)} of ${String(RATIO_LIMIT)} (its bundle and style sheet alone: ${(embed[encoding] / core[encoding]).toFixed(3)})`
		);
	}
	return (
		loader.br <= LOADER_LIMIT &&
		embed.raw <= RATIO_LIMIT * whole.raw &&
		embed.gz <= RATIO_LIMIT * whole.gz &&
		embed.br <= RATIO_LIMIT * whole.br
	);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	process.exitCode = report(join(resolve(root, process.env['BUILD_DIR'] ?? 'build'), 'embed'))
		? 0
		: 1;
