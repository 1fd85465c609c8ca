// npm run package: the build as one file to download, with its checksum. The same build gives the same bytes.
import { zipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { MARKER } from './build-marker.js';
import { isPrecompressed } from './precompress.js';
import { root } from './run.js';

/** The earliest that the format can say, in the local time that it is written in: the same bytes everywhere. */
const NO_DATE = new Date(1980, 0, 1);

/** What lies beside the build. */
const BESIDE = [
	{ name: 'LICENSE.txt', path: join(root, 'LICENSE') },
	{ name: 'README.txt', path: join(root, 'docs/hosting/README.txt') }
];

/**
 * @param {string} build
 * @param {string} folder where the zip is written
 * @returns {string} the path of the zip; beside it lies what `sha256sum -c` reads
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
 * Without what says that the build is whole, and without what was compressed for a server: whoever unpacks the zip has hosts of
 * all kinds, and it would be twice as large.
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
