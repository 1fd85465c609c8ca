// npm test: installs what is missing, then runs every check. One step for each promise.
import { existsSync } from 'node:fs';
import { findChromium, findProgram } from './browsers.js';
import { installPackages, step } from './run.js';

const start = performance.now();
installPackages();
await findOrInstallPrograms();
step('Types are right, in each context with its own library', 'npm run --silent check');
step('Format, lint rules and dependencies are in order', 'npm run --silent lint');
step('Rules, messages and walls hold', 'npm run --silent test:node');
step('Crypto, storage and service work in real browsers', 'npm run --silent test:browser');
step('The app is built', 'npm run --silent build');
step('Crypto stays out of the page', 'npm run --silent test:build');
step('The first view is light', 'npm run --silent size');
step('The documented procedure works from end to end', 'npm run --silent test:e2e');
console.log(`\nall checks passed in ${((performance.now() - start) / 60_000).toFixed(1)} min`);

/** The tests drive a real browser and the machine's real openssl. */
async function findOrInstallPrograms() {
	if ((await hasChromium()) && findProgram('openssl')) return;
	const install = 'apt-get update && apt-get install -y chromium openssl';
	const mayInstall = process.getuid?.() === 0 && findProgram('apt-get');
	if (mayInstall) step('A browser and openssl are installed', install);
	if ((await hasChromium()) && findProgram('openssl')) return;
	console.error(`\nThe tests need Chromium and openssl. On Debian this brings both:`);
	console.error(`sudo sh -c '${install}'`);
	console.error('Elsewhere install openssl, and run: npx playwright install --with-deps chromium');
	process.exit(1);
}

async function hasChromium() {
	if (findChromium()) return true;
	const { chromium } = await import('playwright');
	return existsSync(chromium.executablePath());
}
