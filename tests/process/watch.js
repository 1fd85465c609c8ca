// Runs in a page of the test, under the service worker and beside nothing of the product: watches how an expiry is recorded
// while nobody keeps the service worker awake, and tells the host at the end.
const asked = new URLSearchParams(location.search);
const dueAtMs = Number(asked.get('due'));
/** Longer than browsers leave a service worker alone. */
const IDLE_MS = 45_000;

/**
 * @param {number} systemMs
 * @returns {Promise<void>}
 */
const until = (systemMs) =>
	new Promise((resolve) => {
		setTimeout(resolve, systemMs - Date.now());
	});

/** @returns {Promise<unknown>} */
const state = () =>
	new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => {
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

const before = await state();
await until(dueAtMs + 2000);
const recorded = await events();
await until(Date.now() + IDLE_MS);
const after = await state();
await fetch(`/report?${encodeURIComponent(JSON.stringify({ before, recorded, after }))}`);
export {};
