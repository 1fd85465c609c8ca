import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium, findFirefox } from './src/tools/browsers.js';
import { requireNotices } from './src/tools/notices.js';
import { workerChunks } from './src/tools/worker-chunks.js';

const chromium = findChromium();
const firefox = findFirefox();

/** The first view: its files, with all they import. */
const FIRST_VIEW = /[\\/]routes[\\/](?:\+layout|keys[\\/]\+page)\.svelte$/;

export default defineConfig({
	worker: { format: 'es', plugins: () => [requireNotices('worker')] },
	plugins: [sveltekit(), workerChunks(), requireNotices('app')],
	build: {
		// `light-dark()` and the popover attribute need these anyway
		target: ['chrome125', 'firefox128', 'safari17.5'],
		// one file for it is a tenth lighter than the twenty that are made by themselves
		rolldownOptions: {
			output: { codeSplitting: { groups: [{ name: 'first-view', test: FIRST_VIEW }] } }
		}
	},
	test: {
		expect: { requireAssertions: true },
		projects: [
			{
				extends: true,
				test: {
					name: 'node',
					environment: 'node',
					include: ['tests/*.test.ts', 'tests/{unit,properties,procedures}/**/*.test.ts'],
					// some read the whole source, beside everything else that npm test does meanwhile
					testTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['tests/{browser,vectors,contract}/**/*.test.ts'],
					// beside everything else that npm test does meanwhile
					testTimeout: 60_000,
					setupFiles: ['tests/browser/quiet.ts'],
					globalSetup: ['tests/vectors/provide.ts', 'tests/browser/provide.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright(),
						instances: [
							{
								browser: 'chromium',
								provider: playwright(
									chromium ? { launchOptions: { executablePath: chromium } } : {}
								)
							},
							...(firefox
								? [
										{
											browser: 'firefox' as const,
											provider: playwright({
												launchOptions: { channel: 'moz-firefox', executablePath: firefox }
											})
										}
									]
								: [])
						]
					}
				}
			},
			{
				extends: true,
				test: {
					name: 'benchmark',
					include: ['tests/benchmark/**/*.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright(chromium ? { launchOptions: { executablePath: chromium } } : {}),
						instances: [{ browser: 'chromium' }]
					}
				}
			},
			{
				// reads build/, so it runs after the build
				extends: true,
				test: {
					name: 'build',
					environment: 'node',
					include: ['tests/build/**/*.test.ts']
				}
			},
			{
				// runs the web servers of the machine, on build/
				extends: true,
				test: {
					name: 'hosts',
					environment: 'node',
					include: ['tests/hosts/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 60_000
				}
			},
			{
				// drives a browser by itself, on build/
				extends: true,
				test: {
					name: 'webkit',
					environment: 'node',
					include: ['tests/webkit/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 30_000
				}
			},
			...['kill', 'expiry'].map((name) => ({
				// they start and end whole browsers, on build/
				extends: true as const,
				test: {
					name,
					environment: 'node' as const,
					include: [`tests/process/${name}.test.ts`],
					testTimeout: 3_600_000,
					hookTimeout: 120_000
				}
			}))
		]
	}
});
