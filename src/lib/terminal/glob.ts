/**
 * File name patterns with `*` and `?`; every other character matches itself. The matching backtracks only to the last
 * star, so the time is at most the product of both lengths.
 *
 * @see https://research.swtch.com/glob
 */

type Part = { readonly kind: 'star' | 'one' } | { readonly kind: 'character'; readonly is: string };

/** @param pattern may contain `*`, `?`, and a backslash before a literal character */
export function globMatcher(pattern: string): (name: string) => boolean {
	const parts = partsOf(pattern);
	return (name) => matches(parts, Array.from(name));
}

function partsOf(pattern: string): Part[] {
	const parts: Part[] = [];
	const characters = Array.from(pattern);
	for (let at = 0; at < characters.length; at++) {
		const character = characters[at] ?? '';
		if (character === '*') {
			// several stars in a row are one star
			if (parts.at(-1)?.kind !== 'star') parts.push({ kind: 'star' });
		} else if (character === '?') parts.push({ kind: 'one' });
		else if (character === '\\' && at + 1 < characters.length)
			parts.push({ kind: 'character', is: characters[++at] ?? '' });
		else parts.push({ kind: 'character', is: character });
	}
	return parts;
}

function matches(parts: readonly Part[], name: readonly string[]): boolean {
	let part = 0;
	let at = 0;
	/** Where to continue if the last star has to match one more character. */
	let star: { part: number; at: number } | undefined;
	while (at < name.length) {
		const wanted = parts[part];
		if (wanted?.kind === 'star') {
			star = { part: part + 1, at };
			part++;
		} else if (wanted && (wanted.kind !== 'character' || wanted.is === name[at])) {
			part++;
			at++;
		} else if (star) {
			star = { part: star.part, at: star.at + 1 };
			({ part, at } = star);
		} else return false;
	}
	while (parts[part]?.kind === 'star') part++;
	return part === parts.length;
}
