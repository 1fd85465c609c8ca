/** Registers the service worker and says how far the page is on its way offline. A new version waits for consent. */
import { resolve } from '$app/paths';
import type { Workbox } from 'workbox-window';
import { scriptUrl } from '$lib/client/trusted-urls';

type OfflineStatus =
	/** No service worker: not supported, refused, or a development server. */
	| 'none'
	| 'preparing'
	| 'ready'
	/** A new version is installed and waits until it is asked to take over. */
	| 'waiting'
	/** Another tab let the new version take over: this page is still the old one. */
	| 'replaced';

export const offline = $state<{ status: OfflineStatus }>({ status: 'none' });

let workbox: Workbox | undefined;
let reloads = false;

export async function register(): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	watchControl(navigator.serviceWorker);
	const { Workbox } = await import('workbox-window');
	workbox = new Workbox(scriptUrl(`${resolve('/')}service-worker.js`), { type: 'module' });
	workbox.addEventListener('waiting', () => {
		offline.status = 'waiting';
	});
	workbox.addEventListener('activated', ready);
	offline.status = 'preparing';
	try {
		await workbox.register();
	} catch {
		// private windows and some policies refuse: the page works as long as it is open
		offline.status = 'none';
		return;
	}
	// A visit after the first finds its worker active already and hears of no activation.
	void navigator.serviceWorker.ready.then(ready);
	document.addEventListener('visibilitychange', lookForUpdate);
}

function ready(): void {
	if (offline.status === 'preparing') offline.status = 'ready';
}

/** A page may stay open for days; the browser itself looks for a new version only when one is loaded. */
function lookForUpdate(): void {
	// offline there is nothing to learn
	if (document.visibilityState === 'visible') void workbox?.update().catch(() => undefined);
}

// Not the library's "controlling" event: its isUpdate stays false on the page of the first visit.
function watchControl(container: ServiceWorkerContainer): void {
	let controlled = container.controller !== null;
	container.addEventListener('controllerchange', () => {
		if (controlled && reloads) location.reload();
		else if (controlled) offline.status = 'replaced';
		controlled = true;
	});
}

/** Lets the waiting version take over, and loads the page anew. */
export function applyUpdate(): void {
	if (offline.status === 'replaced') location.reload();
	reloads = true;
	workbox?.messageSkipWaiting();
}
