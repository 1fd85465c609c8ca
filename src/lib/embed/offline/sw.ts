/**
 * The service worker of the embeds. Its scope is their folder; the console has another one. It takes over no page that is
 * already open, and a new version waits until the frames of the one before are gone: they still need its files.
 */
import { createKeeper } from './keep';
import type { Keep } from './messages';

declare const __EMBED_VERSION__: string;
/** As `EMBED_ANCESTORS` was given to the build: origins with spaces between them. */
declare const __EMBED_ANCESTORS__: string;

/** The project's type library is that of pages: of a service worker's it has no names. */
interface Lasting extends Event {
	waitUntil(work: Promise<unknown>): void;
}
interface Scope {
	readonly registration: { readonly scope: string };
	addEventListener(type: 'activate', listener: (event: Lasting) => void): void;
	addEventListener(
		type: 'fetch',
		listener: (
			event: Lasting & { readonly request: Request; respondWith(answer: Promise<Response>): void }
		) => void
	): void;
	addEventListener(
		type: 'message',
		listener: (event: Lasting & { readonly data: unknown }) => void
	): void;
}

const worker = globalThis.self as unknown as Scope;
const keeper = createKeeper({
	version: __EMBED_VERSION__,
	folder: new URL(worker.registration.scope).pathname,
	allowed: __EMBED_ANCESTORS__.split(' ').filter(Boolean)
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(keeper.dropOtherVersions());
});

worker.addEventListener('fetch', (event) => {
	const answer = keeper.respond(event.request);
	if (answer) event.respondWith(answer);
});

worker.addEventListener('message', (event) => {
	const message = event.data as Partial<Keep> | null;
	if (message?.type === 'KEEP' && Array.isArray(message.addresses))
		event.waitUntil(keeper.keep(message.addresses));
});
