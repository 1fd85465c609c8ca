// npm run fixtures -- <folder>: makes what a user of this version may have kept, by running this version. The folder of an
// earlier version is never made again: it is what tells whether later versions still read it.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openModules } from './modules.js';

const [name] = process.argv.slice(2);
if (name === undefined) {
	console.error('usage: npm run fixtures -- tests/fixtures/<version>');
	process.exit(2);
}
const folder = resolve(name);
if (existsSync(folder) && readdirSync(folder).length > 0) {
	console.error(
		`${name} is not empty. What is in it was made by another version: choose a new folder.`
	);
	process.exit(2);
}

const modules = await openModules();
const { makeFixtures } = /** @type {typeof import('../../tests/fixtures/make')} */ (
	await modules.load('/tests/fixtures/make.ts')
);
const files = await makeFixtures();
mkdirSync(folder, { recursive: true });
for (const [file, contents] of files) {
	writeFileSync(join(folder, file), contents);
	console.log(`${file} ${String(contents.length)} bytes`);
}
await modules.close();
