// Writes the files of the embed that are text alone: pages, scenarios, transcripts, oEmbed answers.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openModules } from '../modules.js';
import { root } from '../run.js';

/** Types of the element, for whoever loads its script. */
const TYPES = 'src/lib/embed/loader/types/kms-demo.d.ts';

/**
 * @param {string | undefined} [text] where the build will be published, with its path, such as "https://learn.example/kms"
 * @returns {string} without a slash at the end; '' when that is not known
 * @throws {TypeError} when it is no such address: a mistake in it must not get into other people's pages
 */
export function embedOrigin(text = process.env['EMBED_ORIGIN']) {
	const wanted = (text ?? '').replace(/(?<!\/)\/+$/, '');
	if (wanted === '') return '';
	const address = URL.canParse(wanted) ? new URL(wanted) : undefined;
	const isPlain = /^https?:\/\/[^\s/?#@"'<>]+(?:\/[^\s?#"'<>]*)?$/.test(wanted);
	if (!address || !isPlain || address.href.replace(/\/$/, '') !== wanted)
		throw new TypeError(`EMBED_ORIGIN: no address of a published build: ${JSON.stringify(wanted)}`);
	return wanted;
}

/**
 * @param {string} outDir the folder of the build; files go to its folder "embed"
 * @param {string} [origin] as {@link embedOrigin} returns it; unknown: oEmbed answers offer no frame
 */
export async function writeStatic(outDir, origin = embedOrigin()) {
	const modules = await openModules();
	try {
		const { staticFiles } = /** @type {typeof import('./static-pages')} */ (
			await modules.load('/src/tools/embed/static-pages.ts')
		);
		for await (const [name, content] of staticFiles(origin)) {
			const file = join(outDir, 'embed', name);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, content);
		}
		copyFileSync(join(root, TYPES), join(outDir, 'embed/kms-demo.d.ts'));
	} finally {
		await modules.close();
	}
}
