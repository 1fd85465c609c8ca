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

/** @returns undefined unless the text is a string with an escape */
export function parsedString(text: string): string | undefined {
	const trimmed = text.trim();
	if (!trimmed.startsWith('"') || !trimmed.includes('\\')) return undefined;
	const value = parse(trimmed);
	return typeof value === 'string' ? value : undefined;
}
