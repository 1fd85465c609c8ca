// Writes the console's font, as npm run generate does: the package's, with only the characters, weights and features in use.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';
import { FONT } from './notices.js';
import { root } from './run.js';

const SOURCE = join(
	root,
	'node_modules',
	FONT,
	'files/atkinson-hyperlegible-next-latin-wght-normal.woff2'
);
const RESULT = join(root, 'src/lib/ui/kit/styles/hyperlegible.woff2');

/**
 * First and last: ASCII, Latin-1, then the dashes, quotation marks, dagger, ellipsis and minus of the texts. Other characters come
 * from fonts of the system.
 *
 * @type {readonly (readonly [number, number])[]}
 */
export const CHARACTERS = [
	[0x20, 0x7e],
	[0xa0, 0xff],
	[0x2013, 0x2014],
	[0x2018, 0x2019],
	[0x201c, 0x201d],
	[0x2020, 0x2020],
	[0x2026, 0x2026],
	[0x2212, 0x2212]
];

/** @returns WOFF2, from the lightest weight in use to bold */
export const consoleFont = () =>
	subsetFont(readFileSync(SOURCE), CHARACTERS.map(charactersOf).join(''), {
		targetFormat: 'woff2',
		variationAxes: { wght: { min: 400, max: 700 } },
		// letters that fit each other, and digits of one width for numbers that change
		keepFeatures: ['kern', 'tnum']
	});

/** @param {readonly [number, number]} range */
const charactersOf = ([first, last]) =>
	String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(RESULT, await consoleFont());
