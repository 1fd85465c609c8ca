// The last step of a build, when every file of the embeds is there: what they weigh, and what each says of its version.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embedAncestors } from './ancestors.js';
import { framePages, writeWeights } from './size.js';
import { embedVersion } from './version.js';

/** What a frame loads; the element is for pages of other people, who keep it as they like. */
const PART = /^(?!kms-demo\.js$).*\.(?:js|css)$/;

/**
 * @param {string} folder where the console is
 * @throws when the build has left something out
 */
export function finishEmbed(folder) {
	const outDir = join(folder, 'embed');
	const version = embedVersion();
	const names = readdirSync(outDir, { recursive: true, encoding: 'utf8' });
	for (const page of framePages(readdirSync(outDir)))
		rewrite(join(outDir, page), (html) => stamped(html, version, embedAncestors()));
	for (const part of names.filter((name) => PART.test(name)))
		rewrite(join(outDir, part), (text) => marked(text, version));
	writeWeights(outDir);
}

/**
 * @param {string} path
 * @param {(text: string) => string} change
 */
function rewrite(path, change) {
	writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/**
 * @param {string} text of a script or a style sheet
 * @param {string} version by which the service worker knows whether it belongs to the page
 * @returns {string} the text with it at the end, once
 */
export function marked(text, version) {
	return `${text.trimEnd().replace(/\n?\/\*[\w.+-]+\*\/$/, '')}\n/*${version}*/\n`;
}

/**
 * @param {string} html
 * @param {string} version by which the service worker knows whether its files are the page's
 * @param {readonly string[]} allowed for browsers that tell a frame who is around it, where a host sends no headers
 * @returns {string} the page with both in its head, once
 */
export function stamped(html, version, allowed) {
	const metas = [
		`<meta name="version" content="${version}">`,
		...(allowed.length > 0 ? [`<meta name="embed-ancestors" content="${allowed.join(' ')}">`] : [])
	];
	return html
		.replace(/<meta name="(?:version|embed-ancestors)" content="[^"]*">/g, '')
		.replace('</head>', () => `${metas.join('')}</head>`);
}
