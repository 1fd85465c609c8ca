/** What `npm test` runs of the end-to-end specs. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IN_FIREFOX, LONG } from '../../src/tools/specs';

const SPECS = readdirSync(new URL('../e2e', import.meta.url)).flatMap((name) =>
	name.endsWith('.spec.ts') ? [name.replace('.spec.ts', '')] : []
);
/** A page of the console like others: what it makes is run in the specs of the embeds. */
const BUILDER = 'embed-builder';

test('every spec that is named is there', () => {
	expect([...LONG, ...IN_FIREFOX].filter((name) => !SPECS.includes(name))).toEqual([]);
});

test('all that runs an embed runs in Firefox too', () => {
	const embeds = SPECS.filter((name) => name.startsWith('embed') && name !== BUILDER);
	expect(embeds.filter((name) => !IN_FIREFOX.includes(name))).toEqual([]);
});
