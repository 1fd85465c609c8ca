/** The service worker's events; the work is in `lib/offline`. Replaces an older one only when the page says so. */
import { base, build, files, prerendered, version } from '$service-worker';
import { createPrecache } from '../lib/offline/precache';

const worker = globalThis.self as unknown as ServiceWorkerGlobalScope;
const precache = createPrecache({
	version,
	base,
	// the version file is in none of kit's lists, and kit asks for it when an address has no page
	files: [...build, ...files, `${base}/_app/version.json`],
	pages: prerendered,
	fallback: `${base}/404.html` // in none of kit's lists
});

worker.addEventListener('install', (event) => {
	event.waitUntil(precache.install());
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(precache.dropOldVersions().then(() => worker.clients.claim()));
});

worker.addEventListener('message', (event) => {
	const data: unknown = event.data;
	if (data && typeof data === 'object' && 'type' in data && data.type === 'SKIP_WAITING')
		void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
	const response = precache.respond(event.request);
	if (response) event.respondWith(response);
});
