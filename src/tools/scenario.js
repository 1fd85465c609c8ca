// npm run scenario -- file.json …: checks scenario files and plays each one's solution, without a browser.
// npm run scenario -- --embedded <folder or file> …: the same for every demo that a page of documentation embeds.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openModules } from './modules.js';

const PAGE = /\.(?:html?|mdx?)$/i;
const USAGE = `usage: npm run scenario -- file.json …
       npm run scenario -- --embedded <folder or page> …`;

/** @typedef {(file: string) => Promise<readonly string[]>} Check what is wrong with it, empty when nothing is */

const names = process.argv.slice(2);
const isEmbedded = names[0] === '--embedded';
const paths = isEmbedded ? names.slice(1) : names;
if (paths.length === 0) {
	console.error(USAGE);
	process.exit(2);
}
const missing = paths.filter((path) => !existsSync(path));
if (missing.length > 0) {
	console.error(`not found: ${missing.join(', ')}`);
	process.exit(2);
}

const modules = await openModules();
let embeds = 0;
const failed = isEmbedded
	? await checkEach(paths.flatMap(pagesIn), await pageCheck())
	: await checkEach(paths, await fileCheck());
await modules.close();
if (isEmbedded) console.log(`${String(embeds)} embedded demos`);
if (isEmbedded && embeds === 0) {
	// a folder of another name would otherwise always be in order
	console.error(`no demo is embedded in ${paths.join(', ')}`);
	process.exit(1);
}
process.exit(failed > 0 ? 1 : 0);

/**
 * @param {readonly string[]} files
 * @param {Check} check
 * @returns {Promise<number>} how many are not in order
 */
async function checkEach(files, check) {
	let count = 0;
	for (const file of files) {
		const problems = await check(file);
		count += problems.length > 0 ? 1 : 0;
		console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${file}`);
		for (const problem of problems) console.log(`     ${problem}`);
	}
	return count;
}

/** @returns {Promise<Check>} */
async function fileCheck() {
	const { checkFile } = /** @type {typeof import('./scenario-check')} */ (
		await modules.load('/src/tools/scenario-check.ts')
	);
	return (file) => checkFile(new Uint8Array(readFileSync(file)));
}

/** @returns {Promise<Check>} */
async function pageCheck() {
	const { createEmbedChecker } = /** @type {typeof import('./embed/check-embeds')} */ (
		await modules.load('/src/tools/embed/check-embeds.ts')
	);
	const check = createEmbedChecker();
	return async (file) => {
		const { count, problems } = await check(readFileSync(file, 'utf8'), (address) =>
			existsSync(join(dirname(file), address))
		);
		embeds += count;
		return problems;
	};
}

/**
 * @param {string} path
 * @returns {string[]} the pages below it, by name
 */
function pagesIn(path) {
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path, { withFileTypes: true })
		.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.flatMap((entry) => {
			const inside = join(path, entry.name);
			return entry.isDirectory() ? pagesIn(inside) : PAGE.test(entry.name) ? [inside] : [];
		});
}
