/**
 * A part of an address with every escape as the character that it stands for. The result has to be used: a bundler drops
 * a call of `decodeURIComponent` with an unused result, although it may throw.
 *
 * @returns undefined: an escape stands for nothing, as in `/keys/%` and `/learn/%E0%A4%A`
 */
export function decodedAddress(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}
