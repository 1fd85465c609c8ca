import { defineConfig, devices } from '@playwright/test';
import { findChromium } from '../src/tools/browsers.js';

const executablePath = findChromium();

export default defineConfig({
	testDir: 'e2e',
	outputDir: '../test-results',
	fullyParallel: true,
	// Two at a time are slower than one on a small machine.
	workers: 1,
	forbidOnly: Boolean(process.env['CI']),
	reporter: 'list',
	use: {
		...devices['Desktop Chrome'],
		baseURL: 'http://localhost:4183',
		locale: 'en-US',
		launchOptions: executablePath ? { executablePath } : {},
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure'
	},
	webServer: {
		command: 'node ../src/tools/serve.js',
		env: { PORT: '4183' },
		url: 'http://localhost:4183/',
		reuseExistingServer: false
	}
});
