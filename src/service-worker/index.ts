/** The service worker's events; the work is in `lib/offline` and `lib/engine`. Replaces an older one only when a page says so. */
import { base, build, files, prerendered, version } from '$service-worker';
// Its code is asked for lazily, and a service worker can load nothing later: with this it is in the one file.
import 'dexie';
import { createWakingSweeper } from '../lib/engine/waking-sweeper';
import type { InstallFailed, ServiceWorkerState, ToServiceWorker } from '../lib/offline/messages';
import { createPrecache } from '../lib/offline/precache';

const worker = globalThis.self as unknown as ServiceWorkerGlobalScope;
const startedAtMs = Date.now();
const sweeper = createWakingSweeper(() => Date.now());
const VERSION_FILE = `${base}/_app/version.json`;
/** OpenSSL for the terminal: more than all the rest. */
const isOnDemand = (path: string) => path.endsWith('.wasm');
const precache = createPrecache({
	version,
	base,
	// the version file is in none of kit's lists, and kit asks for it when an address has no page
	files: [...build.filter((path) => !isOnDemand(path)), ...files, VERSION_FILE],
	onDemand: build.filter(isOnDemand),
	pages: prerendered,
	fallback: `${base}/404.html`, // in none of kit's lists
	versionFile: VERSION_FILE,
	isAnotherComing: () => Boolean(worker.registration.waiting ?? worker.registration.installing)
});

worker.addEventListener('install', (event) => {
	event.waitUntil(precache.install().catch(tellWhyNot));
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(precache.dropOldVersions().then(() => worker.clients.claim()));
	// until this is over no page is answered: a deadline that is near waits for the first page's nudge
	event.waitUntil(sweeper.sweep());
});

worker.addEventListener('fetch', (event) => {
	const response = precache.respond(event.request);
	if (response) event.respondWith(response);
	// A page is being opened: its answer goes first.
	if (event.request.mode === 'navigate')
		event.waitUntil(Promise.resolve(response).then(() => sweeper.wake()));
});

// No type knows this event yet. It comes to installed apps only, a few times a day at most.
worker.addEventListener('periodicsync', (event) => {
	(event as ExtendableEvent).waitUntil(sweeper.wake());
});

worker.addEventListener('message', (event) => {
	const message = event.data as ToServiceWorker | null;
	const [port] = event.ports;
	switch (message?.type) {
		case 'SKIP_WAITING':
			// the one before it may be busy waiting for a deadline, and would be let finish first
			worker.registration.active?.postMessage({ type: 'LET_GO' } satisfies ToServiceWorker);
			event.waitUntil(worker.skipWaiting());
			break;
		case 'LET_GO':
			sweeper.letGo();
			break;
		case 'SWEEP':
			event.waitUntil(sweeper.wake());
			break;
		case 'CHECK_FILES':
			event.waitUntil(checkFiles(port));
			break;
		case 'STATE':
			port?.postMessage({ startedAtMs, timer: sweeper.timer() } satisfies ServiceWorkerState);
	}
});

/** Whoever asks has just been loaded: pages of the version before may be gone by now. */
async function checkFiles(port: MessagePort | undefined): Promise<void> {
	port?.postMessage(await precache.check());
	await precache.dropOldVersions();
}

async function tellWhyNot(error: unknown): Promise<never> {
	const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
	const failed: InstallFailed = { type: 'INSTALL_FAILED', reason: isFull ? 'space' : 'network' };
	const pages = await worker.clients.matchAll({ includeUncontrolled: true, type: 'window' });
	for (const page of pages) page.postMessage(failed);
	throw error;
}
