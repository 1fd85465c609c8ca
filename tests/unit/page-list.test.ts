/** The walks over all pages in `tests/e2e` leave none out. */
import { readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { everyPage } from '../e2e/page-list';

const routes = readdirSync(join(import.meta.dirname, '../../src/routes'), { recursive: true })
	.map(String)
	.filter((file) => file.endsWith('+page.svelte'))
	.map((file) => dirname(file).split(sep).join('/'))
	.map((folder) => (folder === '.' ? '/' : `/${folder}`));

test.each(routes)('%s is in the list of pages', (route) => {
	const shape = new RegExp(`^${route.replace(/\[\w+\]/g, '[^/]+')}$`);
	expect(everyPage('some-key').filter((address) => shape.test(address))).not.toEqual([]);
});
