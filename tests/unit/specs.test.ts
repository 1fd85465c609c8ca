/** What `npm test` runs of the end-to-end specs. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IN_FIREFOX, LONG } from '../../src/tools/specs';

const SPECS = readdirSync(new URL('../e2e', import.meta.url)).flatMap((name) =>
	name.endsWith('.spec.ts') ? [name.replace('.spec.ts', '')] : []
);
/**
 * Texts, markup and pages, which no engine sees otherwise than another; and in Firefox the driver's pointer does not reach a
 * frame inside of a file of the disk.
 */
const IN_CHROMIUM_ALONE = ['embed-builder', 'embed-docs', 'embed-element', 'embed-page'];

test('every spec that is named is there', () => {
	expect([...LONG, ...IN_FIREFOX].filter((name) => !SPECS.includes(name))).toEqual([]);
});

test('all that an embed does runs in Firefox too', () => {
	const embeds = SPECS.filter(
		(name) => name.startsWith('embed') && !IN_CHROMIUM_ALONE.includes(name)
	);
	expect(embeds.filter((name) => !IN_FIREFOX.includes(name))).toEqual([]);
});
