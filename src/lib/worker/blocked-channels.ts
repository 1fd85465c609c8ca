/**
 * With blocked storage, Firefox has BroadcastChannel but throws when one is created. Dexie creates a channel when it is
 * loaded. Without the class, Dexie asks for a service worker, which Firefox also refuses. This replacement sends nothing:
 * other tabs don't share data that is in memory.
 */
class SilentChannel {
	postMessage(): void {
		// no receiver
	}
	close(): void {
		// nothing to close
	}
}

try {
	new BroadcastChannel('probe').close();
} catch {
	Object.defineProperty(globalThis, 'BroadcastChannel', { value: SilentChannel });
}
