/** What `{…}` in a scenario stands for: drawn names, and the digits of CMKs and calls in the names of their files. */
import { createSeeded } from './seeded';
import type { Scenario } from './format';

export type Names = Readonly<Record<string, string>>;

export function drawNames({ names = {} }: Pick<Scenario, 'names'>, seed: number): Names {
	return Object.fromEntries(
		Object.entries(names).map(([name, choices]) => [
			name,
			choices[createSeeded(seed, `name ${name}`).below(choices.length)] ?? name
		])
	);
}

/** A name that stands for nothing is left as it is. */
export function fillNames(text: string, names: Names): string {
	const known = new Map(Object.entries(names));
	return text.replace(
		/\{([A-Za-z][A-Za-z0-9_]*)\}/g,
		(whole, name: string) => known.get(name) ?? whole
	);
}
