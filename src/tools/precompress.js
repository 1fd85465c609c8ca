// Writes a brotli and a gzip copy of each text file in a build, for hosts that send such copies.
import { readdirSync } from 'node:fs';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** The encodings in order of preference: their HTTP names and file extensions. */
export const ENCODINGS = /** @type {const} */ ([
	{ name: 'br', ending: '.br' },
	{ name: 'gzip', ending: '.gz' }
]);

const COMPRESSIBLE = /\.(?:css|html|js|json|svg|ts|txt|wasm|webmanifest)$/;

/** In bytes. A file that fits into one network packet does not arrive sooner if it is smaller. */
const SMALLEST = 1024;

/** In bytes. For larger files the better quality takes seconds and saves only 5 %. */
const LARGE = 300_000;
/** The best quality, 11, takes three times as long as 10 and saves 2 %. */
const QUALITY = { usual: 10, large: 9 };

/** @param {string} path */
export const isPrecompressed = (path) => ENCODINGS.some(({ ending }) => path.endsWith(ending));

/** @param {Buffer} content */
const brotli = (content) =>
	promisify(brotliCompress)(content, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: content.length > LARGE ? QUALITY.large : QUALITY.usual,
			[constants.BROTLI_PARAM_SIZE_HINT]: content.length
		}
	});

/** @param {Buffer} content */
const gzipped = (content) => promisify(gzip)(content, { level: 9 });

/** @param {string} folder the build */
export async function precompress(folder) {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => COMPRESSIBLE.test(path))
		.map((path) => join(folder, path))
		.values();
	// all workers share one iterator: each takes the next file
	const runners = Array.from({ length: 2 * availableParallelism() }, async () => {
		for (const path of files) await compressBeside(path);
	});
	await Promise.all(runners);
}

/** @param {string} path */
async function compressBeside(path) {
	const { size, mtime, atime } = await stat(path);
	if (size < SMALLEST) return;
	const content = await readFile(path);
	const variants = await Promise.all([brotli(content), gzipped(content)]);
	for (const [index, { ending }] of ENCODINGS.entries()) {
		const variant = variants[index];
		if (variant === undefined || variant.length >= size) continue;
		await writeFile(path + ending, variant);
		// the same time shows a host that the two files match
		await utimes(path + ending, atime, mtime);
	}
}
