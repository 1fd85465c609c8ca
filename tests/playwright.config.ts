import { defineConfig, devices, type Project } from '@playwright/test';
import { findChromium, findFirefox } from '../src/tools/browsers.js';
import { freePort } from '../src/tools/free-port.js';
import { FIREFOX_DOWNLOADS } from './e2e/saved-files';

const chromium = findChromium();
const firefox = findFirefox();

// The processes of the workers read this file again, and inherit what the first one chose.
const isFirst = process.env['END_TO_END_PORT'] === undefined;
const port = (process.env['END_TO_END_PORT'] ??= String(await freePort()));
if (isFirst && !firefox)
	console.warn('SKIPPED: no firefox-esr here, the tests run in Chromium only');

/** A project, and the part of it that npm test runs: README.md beside this file has the tags. */
const withQuick = (project: Project, quick: Project): Project[] => [
	{ ...project, outputDir: `../test-results/${String(project.name)}` },
	{
		...project,
		...quick,
		name: `quick-${String(project.name)}`,
		outputDir: `../test-results/quick-${String(project.name)}`
	}
];

const inChromium: Project = {
	name: 'chromium',
	use: {
		...devices['Desktop Chrome'],
		launchOptions: chromium ? { executablePath: chromium } : {}
	}
};

const inFirefox = (executablePath: string): Project => ({
	name: 'firefox',
	grepInvert: /@chromium/,
	use: {
		...devices['Desktop Firefox'],
		// the browser as its maker ships it, by the protocol that it speaks itself
		channel: 'moz-firefox',
		launchOptions: {
			executablePath,
			downloadsPath: FIREFOX_DOWNLOADS,
			firefoxUserPrefs: {
				// the list of downloads opens by itself, and takes the focus from the page
				'browser.download.alwaysOpenPanel': false,
				// pointer and keyboard of the driver do not reach a frame that runs in a process of its own
				'fission.webContentIsolationStrategy': 0
			}
		},
		// its style sheet would be one more breach of the content policy in the report
		screenshot: 'off'
	}
});

export default defineConfig({
	testDir: 'e2e',
	fullyParallel: true,
	// Two at a time are slower than one on a small machine.
	workers: 1,
	// For a machine that has other things to do: a test that waits for nothing is not slower for it.
	timeout: 120_000,
	expect: { timeout: 15_000 },
	// A test that needs a second try is a fault.
	retries: 0,
	forbidOnly: Boolean(process.env['CI']),
	reporter: 'list',
	use: {
		baseURL: `http://localhost:${port}`,
		locale: 'en-US',
		// A trace of every test costs as much as the test: `npm run test:e2e -- --trace on` when one is wanted.
		trace: 'off',
		screenshot: 'only-on-failure'
	},
	projects: [
		...withQuick(inChromium, { grepInvert: /@all/ }),
		...(firefox
			? withQuick(inFirefox(firefox), { grep: /@firefox/, grepInvert: /@all|@chromium/ })
			: [])
	],
	webServer: {
		command: 'node ../src/tools/serve.js',
		env: { PORT: port },
		url: `http://localhost:${port}/`,
		reuseExistingServer: false
	}
});
