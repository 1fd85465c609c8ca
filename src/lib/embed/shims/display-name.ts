/**
 * Names in a demo, which keeps nothing for others to see: a few bytes in place of the console's whole rule. What cannot be
 * seen, turns the direction of text, or belongs to a path goes.
 */
export const safeFileName = (name: string): string =>
	name.replace(/[\p{C}/\\:*?"<>|]/gu, '_').slice(0, 120);

export const isSeenWhole = (name: string): boolean => !/\p{C}/u.test(name);
