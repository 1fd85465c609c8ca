/** The addresses of the app's pages, for what must hold on each of them. */

/** @param keyId a CMK with parameters */
export const consolePages = (keyId: string): readonly string[] => [
	'/',
	'/keys',
	'/keys/create',
	`/keys/${keyId}`,
	`/keys/${keyId}/parameters`,
	`/keys/${keyId}/import`,
	'/audit',
	'/proof',
	'/sandbox',
	'/embed-builder'
];

export const COURSE_PAGES = ['/learn', '/learn/first-import'] as const;

export const ADDRESSES_OF_NOTHING = [
	'/learn/no-such-scenario',
	'/keys/no-such-key',
	'/no/such/page'
] as const;

/** Their own tests look at them with something in them. */
const OTHER_PAGES = [
	'/learn/sixty-five',
	'/learn/exam',
	'/learn/certificate',
	'/learn/verify',
	'/learn/build',
	'/learn/open',
	'/notices'
] as const;

export const everyPage = (keyId: string): readonly string[] => [
	...consolePages(keyId),
	...COURSE_PAGES,
	...OTHER_PAGES,
	...ADDRESSES_OF_NOTHING
];
