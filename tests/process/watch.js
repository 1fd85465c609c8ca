// Runs in a page of the test, under the service worker and beside nothing of the product: watches how an expiry is recorded
// while nobody keeps the service worker awake, and tells the host at the end.
const asked = new URLSearchParams(location.search);
const dueAtMs = Number(asked.get('due'));
/** Longer than browsers leave an idle service worker alone. */
const IDLE_MS = 45_000;
/** On a busy machine it is stopped later, and each question wakes or keeps it: so the questions are few. */
const MOST_QUESTIONS = 4;
/** Before the deadline it is left alone for so long. */
const TAKES_MS = 20_000;

/**
 * @typedef {object} State
 * @property {number} startedAtMs
 * @property {object | null} timer
 */

/**
 * @param {number} systemMs
 * @returns {Promise<void>}
 */
const until = (systemMs) =>
	new Promise((resolve) => {
		setTimeout(resolve, systemMs - Date.now());
	});

/** @returns {Promise<State>} */
const state = () =>
	new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = (/** @type {MessageEvent<State>} */ { data }) => {
			resolve(data);
		};
		navigator.serviceWorker.controller?.postMessage({ type: 'STATE' }, [port2]);
	});

/** @returns {Promise<unknown>} */
const events = () =>
	new Promise((resolve) => {
		const opening = indexedDB.open('kms/main');
		opening.onsuccess = () => {
			const reading = opening.result.transaction('events').objectStore('events').getAll();
			reading.onsuccess = () => {
				opening.result.close();
				resolve(reading.result);
			};
		};
	});

let before = await state();
// a busy machine has not come to it yet
while (before.timer === null && Date.now() < dueAtMs - TAKES_MS) {
	await until(Date.now() + 500);
	before = await state();
}
await until(dueAtMs + 2000);
const recorded = await events();
let after = before;
for (
	let questions = 0;
	questions < MOST_QUESTIONS && after.startedAtMs === before.startedAtMs;
	questions++
) {
	await until(Date.now() + IDLE_MS);
	after = await state();
}
await fetch(`/report?${encodeURIComponent(JSON.stringify({ before, recorded, after }))}`);
export {};
