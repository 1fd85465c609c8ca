/** The values of `{…}` in a scenario: random names, and the characters of CMKs and calls in their file names. */
import { createSeeded } from './seeded';
import type { Action, Scenario } from './format';

export type Names = Readonly<Record<string, string>>;

/** Whether the file says that the service performs the request. */
export const succeeds = (action: Action): boolean =>
	!('expect' in action) || (action.expect ?? 'SUCCESS') === 'SUCCESS';

export function drawNames({ names = {} }: Pick<Scenario, 'names'>, seed: number): Names {
	return Object.fromEntries(
		Object.entries(names).map(([name, choices]) => [
			name,
			choices[createSeeded(seed, `name ${name}`).below(choices.length)] ?? name
		])
	);
}

/**
 * The names before a run: a CMK has no ID yet, so its alias stands for it. A call has no number yet, and is left out.
 *
 * @param seed of the run to come
 */
export function namesBeforeRun(
	scenario: Pick<Scenario, 'names' | 'seed' | 'start'>,
	seed = scenario.seed
): Names {
	const drawn = drawNames(scenario, seed);
	const aliases = scenario.start.flatMap((action) =>
		'alias' in action && action.alias !== '' && succeeds(action)
			? [[action.key, resolveNames(action.alias, drawn)] as const]
			: []
	);
	return { ...drawn, ...Object.fromEntries(aliases) };
}

const REFERENCE = /\{([A-Za-z][A-Za-z0-9_]*)\}/g;

/** The names that a text refers to. */
export const namesIn = (text: string): string[] =>
	Array.from(text.matchAll(REFERENCE), ([, name = '']) => name);

/** For names of files and aliases: a name without a value stays unchanged. */
export function fillNames(text: string, names: Names): string {
	return replaceNames(text, names, (reference) => reference);
}

/** For readers: a name without a value stands for itself, without braces. */
export function resolveNames(text: string, names: Names): string {
	return replaceNames(text, names, (_, name) => name);
}

function replaceNames(
	text: string,
	names: Names,
	unknown: (reference: string, name: string) => string
): string {
	const known = new Map(Object.entries(names));
	return text.replace(
		REFERENCE,
		(reference, name: string) => known.get(name) ?? unknown(reference, name)
	);
}
