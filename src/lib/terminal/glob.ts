/**
 * File name patterns without backtracking: `*` and `?`, anything else stands for itself. Of a pattern with several stars
 * only the last one is ever tried again, so that the time is at most the product of both lengths.
 *
 * @see https://research.swtch.com/glob
 */

type Part = { readonly kind: 'star' | 'one' } | { readonly kind: 'character'; readonly is: string };

/** @param pattern `*`, `?`, and a backslash before what stands for itself */
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
			// a row of stars is one
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
	/** Where to go on when the last star has to stand for one character more. */
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
