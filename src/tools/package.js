// npm run package: packs the build into one zip with a checksum. The same build gives the same bytes.
import { zipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { MARKER } from './build-marker.js';
import { isPrecompressed } from './precompress.js';
import { root } from './run.js';

/** The earliest date of the zip format, which uses local time. A fixed date gives the same bytes on every machine. */
const NO_DATE = new Date(1980, 0, 1);

/** Files added to the build. */
const BESIDE = [
	{ name: 'LICENSE.txt', path: join(root, 'LICENSE') },
	{ name: 'README.txt', path: join(root, 'docs/hosting/README.txt') }
];

/**
 * @param {string} build
 * @param {string} folder for the zip
 * @returns {string} the path of the zip; the file for `sha256sum -c` is beside the zip
 */
export function packageBuild(build, folder) {
	const files = [...filesOf(build), ...BESIDE].sort((a, b) => (a.name < b.name ? -1 : 1));
	const contents = Object.fromEntries(files.map(({ name, path }) => [name, readFileSync(path)]));
	const zip = zipSync(contents, { level: 9, mtime: NO_DATE });

	const target = join(folder, `${manifest.name}-${manifest.version}.zip`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(target, zip);
	const digest = createHash('sha256').update(zip).digest('hex');
	writeFileSync(`${target}.sha256`, `${digest}  ${basename(target)}\n`);
	return target;
}

/**
 * The files of the build, without the build marker and without the compressed copies: the zip is for hosts of all kinds, and
 * would be twice as large.
 *
 * @param {string} folder
 */
function filesOf(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name !== MARKER && !isPrecompressed(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ name: relative(folder, path).split(sep).join('/'), path }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const zip = packageBuild(join(root, 'build'), join(root, 'dist'));
	console.log(`${relative(root, zip)}\n${relative(root, zip)}.sha256`);
}
