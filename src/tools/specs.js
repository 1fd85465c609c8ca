// Which end-to-end specs npm test leaves out, and which it runs a second time in Firefox.

/**
 * The whole suite takes longer than everything else together, and has its own command, `npm run test:e2e`. Here Chromium
 * leaves out what other tests see too, each at its own level, and tests with the tag @long …
 */
export const LONG = [
	'audit',
	'clock',
	'expiry',
	'inspector',
	'install',
	'keys',
	'learn-tools',
	'life',
	'mistakes',
	'refusals',
	'sub-path',
	'workspaces'
];

/** … and Firefox runs what depends on the engine, in one language. */
export const IN_FIREFOX = [
	'procedure',
	'offline',
	'update',
	'embed',
	'embed-engine',
	'embed-frame',
	'embed-fuzz',
	'embed-storage',
	'blocked-storage'
];

/**
 * @param {readonly string[]} names of specs
 * @returns {string} what Playwright takes for their files; `/embed.spec` is not `embed-storage.spec`
 */
export const filesOf = (names) => names.map((name) => `/${name}.spec`).join(' ');
