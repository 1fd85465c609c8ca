// Writes the help page of docs/embed beside the demos, where its reader finds them running.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.js';

const SOURCE = join(root, 'docs/embed');
/** A folder of its own: beside the demos each page is one. */
const FOLDER = 'embed/example';
/** Where that page has the demos, in the source and in the build. */
const IN_SOURCE = '../../build/embed/';
const IN_BUILD = '../';

/** What a page with the element has to allow, and its own style sheet. */
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'";

/** @param {string} outDir the folder of the build */
export function writeExample(outDir) {
	const folder = join(outDir, FOLDER);
	mkdirSync(folder, { recursive: true });
	const page = exampleOf(readFileSync(join(SOURCE, 'help-page.html'), 'utf8'));
	writeFileSync(join(folder, 'help-page.html'), page);
	copyFileSync(join(SOURCE, 'help-page.css'), join(folder, 'help-page.css'));
}

/**
 * @param {string} html the page as the documentation has it
 * @returns {string} the same for the build, with a policy
 */
export function exampleOf(html) {
	return html
		.replace(/(?<![\t ])[\t ]*<!--[^]*?-->\n/, '')
		.replaceAll(IN_SOURCE, IN_BUILD)
		.replace(
			'<meta charset="utf-8" />',
			(charset) =>
				`${charset}\n\t\t<meta http-equiv="content-security-policy" content="${POLICY}" />`
		);
}
