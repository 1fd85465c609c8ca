/** The values of `{…}` in a scenario: random names, and the characters of CMKs and calls in their file names. */
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

/** A name without a value stays unchanged. */
export function fillNames(text: string, names: Names): string {
	const known = new Map(Object.entries(names));
	return text.replace(
		/\{([A-Za-z][A-Za-z0-9_]*)\}/g,
		(whole, name: string) => known.get(name) ?? whole
	);
}
