// The last step of a build, when every file of the embeds is there: what they weigh, and what each page says of itself.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embedAncestors } from './ancestors.js';
import { framePages, writeWeights } from './size.js';

/**
 * @param {string} folder where the console is
 */
export function finishEmbed(folder) {
	const outDir = join(folder, 'embed');
	if (!existsSync(outDir)) return;
	const version = process.env['APP_VERSION'] ?? '';
	for (const page of framePages(readdirSync(outDir))) {
		const path = join(outDir, page);
		writeFileSync(path, stamped(readFileSync(path, 'utf8'), version, embedAncestors()));
	}
	if (existsSync(join(outDir, 'frame.js'))) writeWeights(outDir);
	else console.warn('embed: weights.json is left out, there is no frame.js');
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
