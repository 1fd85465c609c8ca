/**
 * Where storage is blocked Firefox has BroadcastChannel and refuses to make one. The database library makes one as soon
 * as it is loaded, and where there is none it looks for a service worker, which is refused as well. So there is one that
 * nobody hears: what is in memory no other tab has to know.
 */
class SilentChannel {
	postMessage(): void {
		// nobody is there
	}
	close(): void {
		// nothing is open
	}
}

try {
	new BroadcastChannel('probe').close();
} catch {
	Object.defineProperty(globalThis, 'BroadcastChannel', { value: SilentChannel });
}
