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

const inFirefox = (executablePath: string): Project => ({
	name: 'firefox',
	outputDir: '../test-results/firefox',
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
	// Three lanes share two cores in npm test. What passes only the second time is reported as flaky.
	retries: 1,
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
		{
			name: 'chromium',
			outputDir: '../test-results/chromium',
			use: {
				...devices['Desktop Chrome'],
				launchOptions: chromium ? { executablePath: chromium } : {}
			}
		},
		...(firefox ? [inFirefox(firefox)] : [])
	],
	webServer: {
		command: 'node ../src/tools/serve.js',
		env: { PORT: port },
		url: `http://localhost:${port}/`,
		reuseExistingServer: false
	}
});
