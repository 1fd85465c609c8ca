/** The page's part: registers the service worker, asks it whether everything is stored, and lets a new version wait. */
import { resolve } from '$app/paths';
import { version } from '$app/environment';
import { Workbox } from 'workbox-window';
import { scriptUrl } from '../client/trusted-urls';
import { hasDraft, watchDrafts } from './draft.svelte';
import type { InstallFailed, ServiceWorkerState, StoredFiles, ToServiceWorker } from './messages';
import { startNudging } from './nudge';
import { offline } from './status.svelte';
import { holdVersion } from './version-lock';

let workbox: Workbox | undefined;
let reloads = false;

/** Called once by the root layout. */
export async function register(): Promise<void> {
	const container = containerIfAny();
	if (!container) {
		offline.state = 'unavailable';
		return;
	}
	holdVersion(resolve('/').replace(/\/$/, ''), version);
	watchDrafts();
	watchControl(container);
	container.addEventListener('message', hearWhyNot);
	await prepare(container);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible') lookAgain(container);
	});
	window.addEventListener('online', () => {
		lookAgain(container);
	});
	startNudging(() => {
		send(container.controller, { type: 'SWEEP' });
	});
}

async function prepare(container: ServiceWorkerContainer): Promise<void> {
	offline.state = 'preparing';
	const script = `${resolve('/')}service-worker.js`;
	workbox = new Workbox(scriptUrl(script), { type: 'module' });
	// for a version that waited before this page was loaded; `followInstallation` reports later ones
	workbox.addEventListener('waiting', () => {
		offline.update = 'waiting';
	});
	try {
		const registration = await workbox.register();
		if (!registration) return;
		void check(container);
		const follow = () => {
			if (registration.installing) followInstallation(registration.installing, registration);
		};
		follow();
		registration.addEventListener('updatefound', follow);
		askForWakeUps(registration);
	} catch {
		// private windows and some policies refuse service workers: the open page still works
		offline.state = (await canBeHad(script)) ? 'unavailable' : 'failed';
		if (offline.state === 'failed') offline.reason = 'network';
	}
}

/** Ready means active, which begins before the events of the activation are over: until then a browser may go past it. */
function activation(worker: ServiceWorker | null): Promise<void> {
	if (worker?.state !== 'activating') return Promise.resolve();
	return new Promise((done) => {
		worker.addEventListener('statechange', () => {
			done();
		});
	});
}

/** A file that can't be fetched now may be available next time. */
const canBeHad = (path: string): Promise<boolean> =>
	fetch(path, { method: 'HEAD', cache: 'no-store' }).then(
		({ ok }) => ok,
		() => false
	);

/** Waits for a first installation, also one that another page began. The status “complete” is shown only after every file was checked. */
async function check(container: ServiceWorkerContainer): Promise<void> {
	const { active } = await container.ready;
	await activation(active);
	const {
		version: stored,
		files,
		missing
	} = await ask<StoredFiles>(active, { type: 'CHECK_FILES' });
	offline.state = missing.length === 0 ? 'complete' : 'failed';
	offline.files = files;
	if (missing.length > 0) offline.reason = 'network';
	// the new version took over while this page was loading, before the page listened
	const isReplaced = container.controller === active && stored !== version;
	if (isReplaced && offline.update === 'none') offline.update = 'replaced';
}

/** A page may stay open for days, but the browser looks for a new version only when a page is loaded. */
function lookAgain(container: ServiceWorkerContainer): void {
	if (offline.state === 'failed' || offline.state === 'preparing') {
		if (container.controller) void check(container);
		else if (offline.state === 'failed') void prepare(container);
	}
	// offline, the check can't succeed
	void workbox?.update().catch(() => undefined);
}

function hearWhyNot({ data }: MessageEvent<InstallFailed | null>): void {
	if (data?.type === 'INSTALL_FAILED') offline.reason = data.reason;
}

// Not the library's "controlling" event: its isUpdate stays false on the page of the first visit.
function watchControl(container: ServiceWorkerContainer): void {
	let controlled = container.controller !== null;
	container.addEventListener('controllerchange', () => {
		// The user agreed in this or another tab: all tabs reload, except a tab with unsaved input.
		if (controlled && (reloads || !hasDraft(location.href))) location.reload();
		else if (controlled) offline.update = 'replaced';
		controlled = true;
	});
}

// Nor the library's "redundant" event, for the same reason; and a version that is replaced becomes redundant too.
function followInstallation(worker: ServiceWorker, { active }: ServiceWorkerRegistration): void {
	let isInstalled = false;
	worker.addEventListener('statechange', () => {
		if (worker.state === 'installed') {
			isInstalled = true;
			if (active) offline.update = 'waiting';
		}
		if (worker.state !== 'redundant' || isInstalled) return;
		if (!active) offline.state = 'failed';
		// a waiting or active version still exists
		else if (offline.update === 'none') offline.update = 'failed';
	});
}

/** Lets the waiting version take over, and reloads the page. */
export function applyUpdate(): void {
	if (offline.update === 'replaced') location.reload();
	reloads = true;
	workbox?.messageSkipWaiting();
}

/** undefined if no service worker controls this page */
export function serviceWorkerState(): Promise<ServiceWorkerState> | undefined {
	const controller = containerIfAny()?.controller;
	return controller ? ask<ServiceWorkerState>(controller, { type: 'STATE' }) : undefined;
}

/** undefined in older browsers and with plain HTTP; with some policies, even reading the property throws. */
function containerIfAny(): ServiceWorkerContainer | undefined {
	try {
		return navigator.serviceWorker;
	} catch {
		return undefined;
	}
}

function send(worker: ServiceWorker | null, message: ToServiceWorker, ports: MessagePort[] = []) {
	worker?.postMessage(message, ports);
}

function ask<Answer>(worker: ServiceWorker | null, message: ToServiceWorker): Promise<Answer> {
	const { port1, port2 } = new MessageChannel();
	const answer = new Promise<Answer>((answered) => {
		port1.onmessage = ({ data }: MessageEvent<Answer>) => {
			port1.close();
			answered(data);
		};
	});
	send(worker, message, [port2]);
	return answer;
}

/** Only few browsers grant this, and only to installed apps. */
function askForWakeUps(registration: ServiceWorkerRegistration): void {
	const { periodicSync } = registration as {
		periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> };
	};
	periodicSync?.register('sweep', { minInterval: 12 * 3_600_000 }).catch(() => undefined);
}
