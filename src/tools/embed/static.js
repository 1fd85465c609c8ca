// Writes the files of the embed that are text alone: pages, scenarios, transcripts, oEmbed answers.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openModules } from '../modules.js';
import { root } from '../run.js';

/** Types of the element, for whoever loads its script. */
const TYPES = 'src/lib/embed/loader/types/kms-demo.d.ts';

/**
 * @param {string} outDir the folder of the build; files go to its folder "embed"
 * @param {string} [origin] where the build will be published, such as "https://learn.example/kms"; unknown: addresses are
 *   relative, and whoever copies them completes them
 */
export async function writeStatic(outDir, origin = process.env['EMBED_ORIGIN'] ?? '') {
	const modules = await openModules();
	try {
		const { staticFiles } = /** @type {typeof import('./static-pages')} */ (
			await modules.load('/src/tools/embed/static-pages.ts')
		);
		for await (const [name, content] of staticFiles(origin.replace(/\/+$/, ''))) {
			const file = join(outDir, 'embed', name);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, content);
		}
		copyFileSync(join(root, TYPES), join(outDir, 'embed/kms-demo.d.ts'));
	} finally {
		await modules.close();
	}
}
