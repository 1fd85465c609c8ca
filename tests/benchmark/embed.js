/**
 * npm run benchmark:embed: from the insertion of a frame until it is usable, an embed beside Swagger UI, in one browser and
 * from one host. Usable: the embed's first operation is answered; Swagger UI's first "Try it out" can be pressed. Both take
 * turns, each time with an empty cache, so that a busy machine slows both. Fails above the limit.
 */
import { chromium } from 'playwright-core';
import { join, resolve } from 'node:path';
import { findChromium } from '../../src/tools/browsers.js';
import { root } from '../../src/tools/run.js';
import { startHost } from './embed-host.js';

const RUNS = 11;
/** What comes first has a cold browser, and is not counted. */
const WARM_UP = 1;
const LIMIT = 0.5;

/**
 * @typedef {object} Side
 * @property {string} name
 * @property {string} address
 * @property {readonly string[]} presses what is pressed one after the other, each as soon as it can be
 * @property {string} usable what is there in the end
 */

/** @type {{ readonly embed: Side, readonly swagger: Side }} */
const SIDES = {
	embed: {
		name: 'embed/create.html',
		address: '/embed/create.html?lang=en',
		// a CMK of the service's own needs no consent: it is made by one press
		presses: [
			'input[type="radio"][value="kms"]',
			'form button.primary, form button[type="submit"]'
		],
		usable: '[role="status"] .said'
	},
	swagger: {
		name: 'Swagger UI, petstore',
		address: '/swagger-ui/index.html',
		presses: ['.opblock-summary-control'],
		usable: '.try-out__btn:not(:disabled)'
	}
};

/**
 * Runs in the page, which may look into the frame: they are of one origin.
 *
 * @param {Side} side
 * @returns {Promise<number>} milliseconds
 */
function untilUsable({ address, presses, usable }) {
	const LONGEST_MS = 30_000;
	const EVERY_MS = 4;
	return new Promise((done, fail) => {
		const waiting = [...presses];
		const frame = document.createElement('iframe');
		frame.width = '800';
		frame.height = '900';
		frame.src = address;
		const start = performance.now();
		document.body.append(frame);
		const look = () => {
			const elapsed = performance.now() - start;
			const inside = frame.contentDocument;
			/** @type {HTMLElement & { disabled?: boolean } | null | undefined} */
			const next = waiting[0] === undefined ? null : inside?.querySelector(waiting[0]);
			if (next && !next.disabled) {
				waiting.shift();
				next.click();
			}
			if (waiting.length === 0 && inside?.querySelector(usable)) done(elapsed);
			else if (elapsed > LONGEST_MS)
				fail(new Error(`${address}: waiting for ${waiting[0] ?? usable}`));
			else setTimeout(look, EVERY_MS);
		};
		look();
	});
}

/** @param {readonly number[]} numbers */
function median(numbers) {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const host = await startHost(join(resolve(root, process.env['BUILD_DIR'] ?? 'build'), 'embed'));
const executablePath = findChromium();
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });

/** @param {Side} side */
async function measure(side) {
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		await page.goto(`${host.origin}/host.html`);
		host.bytes();
		const ms = await page.evaluate(untilUsable, side);
		return { ms, bytes: host.bytes() };
	} finally {
		await context.close();
	}
}

/** @typedef {{ ms: number, bytes: number }} Measured */
/** @type {{ embed: Measured[], swagger: Measured[] }} */
const measured = { embed: [], swagger: [] };
try {
	for (let run = -WARM_UP; run < RUNS; run++) {
		/** @type {('embed' | 'swagger')[]} */
		const order = run % 2 === 0 ? ['embed', 'swagger'] : ['swagger', 'embed'];
		for (const side of order) {
			const result = await measure(SIDES[side]);
			if (run >= 0) measured[side].push(result);
		}
	}
} finally {
	await browser.close();
	host.stop();
}

/**
 * @param {string} name
 * @param {string} ms
 * @param {string} bytes
 * @param {string} range
 */
const row = (name, ms, bytes, range) => {
	console.log(`${name.padEnd(24)}${ms.padStart(12)}${bytes.padStart(14)}  ${range}`);
};

row('', 'median', 'bytes, brotli', `of ${String(RUNS)} runs`);
for (const side of /** @type {const} */ (['embed', 'swagger'])) {
	const times = measured[side].map(({ ms }) => ms);
	row(
		SIDES[side].name,
		`${median(times).toFixed(0)} ms`,
		String(median(measured[side].map(({ bytes }) => bytes))),
		`${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`
	);
}
/** @param {(measured: Measured) => number} what */
const ratio = (what) => median(measured.embed.map(what)) / median(measured.swagger.map(what));
const slower = ratio(({ ms }) => ms);
row('ratio', slower.toFixed(3), ratio(({ bytes }) => bytes).toFixed(3), `limit ${String(LIMIT)}`);
if (slower > LIMIT) process.exitCode = 1;
