/** The frame's half: registers the service worker of the embeds where there may be one, and tells it what was loaded. */
import { scriptUrl } from '../engine/script-url';
import type { Keep } from './messages';

/** Called once, when the demo is usable and nothing else is to do. Where it is refused the demo works with a network. */
export function registerOffline(): void {
	try {
		// throws where nothing may be kept; Firefox would write an error about the registration
		if (!(localStorage instanceof Storage)) return;
		// reading it throws where the frame has no origin; some browsers and all plain HTTP have none
		const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
		container?.register(scriptUrl('sw.js')).then(follow, () => undefined);
	} catch {
		// blocked
	}
}

function follow(registration: ServiceWorkerRegistration): void {
	// a newer version is found after this, and keeps its own
	registration.addEventListener('updatefound', () => {
		tell(registration.installing);
	});
	tell(registration.installing ?? registration.waiting ?? registration.active);
}

function tell(worker: ServiceWorker | null): void {
	const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
	const message: Keep = { type: 'KEEP', addresses: [location.href, ...loaded] };
	worker?.postMessage(message);
}
