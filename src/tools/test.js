// npm test: installs what is missing, then runs every check. One step for each promise.
import { findFirefox, findWebKit } from './browsers.js';
import { runLanes } from './lanes.js';
import { installation, missingPrograms } from './programs.js';
import { arePackagesMissing, NEXT_VERSION, PACKAGES, seconds } from './run.js';

const start = performance.now();
const times = await runLanes(arePackagesMissing() ? [PACKAGES] : [], installation());
const notTested = await missingPrograms();
for (const line of notTested) console.warn(`\n${line}`);

/**
 * @param {string} name
 * @param {string} promise
 * @param {string} script of package.json, with its arguments
 */
const step = (name, promise, script) => ({ name, promise, command: `npm run --silent ${script}` });

// before two lanes read what it writes
times.push(...(await runLanes([step('generate', 'Messages and types are generated', 'generate')])));
// what is driven in browsers, and beside it what needs none
times.push(
	...(await runLanes(
		[
			step('build', 'The app is built', 'build:app'),
			// for updates: two lanes test them later
			{
				name: 'next',
				promise: 'The next version is built, for updates',
				command: `APP_VERSION=next BUILD_DIR=${NEXT_VERSION} npm run --silent build:app`
			},
			step('build', 'Crypto stays out of the page, and all of the build is kept', 'test:build'),
			step('size', 'The first view is light, and so is an embed', 'size')
		],
		[
			step('types', 'Types are right, in each context with its own library', 'check:types'),
			step('lint', 'Format, lint rules and dependencies are in order', 'lint'),
			step(
				'scenario',
				'Every demo that the documentation embeds can be played',
				'scenario -- --embedded docs README.md'
			)
		]
	))
);
// One lane of work for each core: a third makes all of them slower than they would be one after the other.
times.push(
	...(await runLanes(
		[
			step(
				'chromium',
				'The documented procedure works from end to end in Chromium',
				'test:e2e -- --project=quick-chromium'
			),
			...(findFirefox()
				? [
						step(
							'firefox',
							'The procedure, offline use, updates and embeds work in Firefox',
							'test:e2e -- --project=quick-firefox'
						)
					]
				: []),
			...(findWebKit()
				? [step('webkit', 'Import and offline use work in WebKitGTK', 'test:webkit')]
				: [])
		],
		[
			step('node', 'Rules, messages and walls hold', 'test:node'),
			step('browsers', 'Crypto, storage and service work in real browsers', 'test:browser'),
			step('kill', 'A browser that is killed finds all of one piece', 'test:kill')
		],
		// it does little but wait
		[step('expiry', 'A service worker that nobody keeps awake records an expiry', 'test:expiry')]
	))
);

console.log('');
for (const { promise, ms } of times) console.log(`${seconds(ms).padStart(8)}  ${promise}`);
console.log(`\nall checks passed in ${((performance.now() - start) / 60_000).toFixed(1)} min`);
for (const line of notTested) console.warn(line);
