import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** Style sheets that stand apart from base.css, and the classes that need them. */
const APART = {
	'facts.css': /class="(?:[\w -]* )?facts[" ]/,
	'choices.css': /class="(?:[\w -]* )?choices?[" ]|type="(?:radio|checkbox)"/
} as const;

for (const [sheet, uses] of Object.entries(APART))
	test(`a component imports ${sheet} if, and only if, it uses it`, () => {
		const components = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
			.filter((path) => path.endsWith('.svelte'))
			.map((path) => [path, readFileSync(join(SRC, path), 'utf8')] as const);
		const pathsWhere = (holds: (text: string) => boolean) =>
			components.flatMap(([path, text]) => (holds(text) ? [path] : [])).sort();
		const importing = pathsWhere((text) => text.includes(`kit/styles/${sheet}'`));
		expect(importing.length).toBeGreaterThan(5);
		expect(importing).toEqual(pathsWhere((text) => uses.test(text)));
	});
