// The steps of npm test and npm run test:all. Each step checks one promise.
import { findFirefox, findServers, findWebKit } from './browsers.js';

/**
 * @typedef {object} Step
 * @property {string} name the name on the command line
 * @property {string} promise a sentence that is true if the step succeeds
 * @property {string} script of package.json, with its arguments
 * @property {string} [needs] the step whose result this step reads, besides generated files
 * @property {string} [all] the script of `npm run test:all`, if it does more
 * @property {true} [isLong] only in `npm run test:all`
 * @property {Record<string, string>} [env] the environment in `npm test`
 * @property {Record<string, string>} [allEnv] the environment in `npm run test:all`
 * @property {true} [isIdle] the step mostly waits
 */

/** Steps whose results the others read. @type {readonly Step[]} */
const SOURCES = [
	{ name: 'generate', promise: 'Messages and types are generated', script: 'generate' }
];

/** The build, and steps that take as long and don't read a build. @type {readonly Step[]} */
const BUILDS = [
	{
		name: 'build',
		promise: 'The app is built, and its next version for updates',
		script: 'build:versions'
	},
	{
		name: 'types',
		promise: 'Types are right, in each context with its own library',
		script: 'check:types'
	}
];

/** The longest steps first, so that all cores finish at about the same time. @type {readonly Step[]} */
const TESTS = [
	{
		name: 'chromium',
		promise: 'The documented procedure works from end to end in Chromium',
		needs: 'build',
		script: 'test:e2e -- --project=quick-chromium',
		all: 'test:e2e -- --project=chromium'
	},
	...(findFirefox()
		? [
				{
					name: 'firefox',
					promise: 'The procedure, offline use, updates and embeds work in Firefox',
					needs: 'build',
					script: 'test:e2e -- --project=quick-firefox',
					all: 'test:e2e -- --project=firefox'
				}
			]
		: []),
	{
		name: 'node',
		promise: 'Rules, messages and walls hold',
		script: 'test:node',
		allEnv: { PROPERTY_RUNS: 'long' }
	},
	{
		name: 'lint',
		promise: 'Format, lint rules and dependencies are in order',
		env: { LINT: 'quick' },
		script: 'lint'
	},
	{
		name: 'browser',
		promise: 'Crypto, storage and service work in real browsers',
		script: 'test:browser',
		allEnv: { PROPERTY_RUNS: 'long' }
	},
	{
		name: 'kill',
		promise: 'A browser that is killed finds all of one piece',
		needs: 'build',
		script: 'test:kill',
		allEnv: { KILLS: '50' }
	},
	...(findServers()
		? [
				{
					name: 'hosts',
					promise: 'The documented configurations hold in nginx, Caddy and Apache',
					needs: 'build',
					script: 'test:hosts',
					isLong: /** @type {const} */ (true)
				}
			]
		: []),
	...(findWebKit()
		? [
				{
					name: 'webkit',
					promise: 'Import and offline use work in WebKitGTK',
					needs: 'build',
					script: 'test:webkit'
				}
			]
		: []),
	{
		name: 'scenario',
		promise: 'Every demo that the documentation embeds can be played',
		script: 'scenario -- --embedded docs README.md'
	},
	{
		name: 'contents',
		promise: 'Crypto stays out of the page, and all of the build is kept',
		needs: 'build',
		script: 'test:build'
	},
	{
		name: 'size',
		promise: 'The first view is light, and so is an embed',
		needs: 'build',
		script: 'size'
	},
	{
		name: 'expiry',
		promise: 'A service worker that nobody keeps awake records an expiry',
		needs: 'build',
		script: 'test:expiry',
		isIdle: true
	}
];

/** Groups of steps. Each group needs the groups before it. */
export const GROUPS = [SOURCES, BUILDS, TESTS];
