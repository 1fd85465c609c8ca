/** JSON in a file. */

const parse = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** @returns undefined unless the text is an object or a list */
export const parsedJson = (text: string): unknown =>
	/^\s*[{[]/.test(text) ? parse(text) : undefined;

/** @returns the object, if the text is one with such members */
export function objectWith(
	text: string,
	...names: readonly string[]
): Readonly<Record<string, unknown>> | undefined {
	const value = parsedJson(text);
	return typeof value === 'object' && value !== null && names.every((name) => name in value)
		? (value as Readonly<Record<string, unknown>>)
		: undefined;
}

/** Lists and objects inside each other; tools don’t write more. */
const MOST_LEVELS = 8;

function hasObjectWith(value: unknown, names: readonly string[], levels: number): boolean {
	if (typeof value !== 'object' || value === null || levels === 0) return false;
	if (names.every((name) => Object.hasOwn(value, name))) return true;
	return Object.values(value).some((inner) => hasObjectWith(inner, names, levels - 1));
}

/** Whether the text is JSON with an object that has such members, at any place. */
export const holdsObjectWith = (text: string, ...names: readonly string[]): boolean =>
	hasObjectWith(parsedJson(text), names, MOST_LEVELS);

/** @returns undefined unless the text is a string with an escape */
export function parsedString(text: string): string | undefined {
	const trimmed = text.trim();
	if (!trimmed.startsWith('"') || !trimmed.includes('\\')) return undefined;
	const value = parse(trimmed);
	return typeof value === 'string' ? value : undefined;
}
