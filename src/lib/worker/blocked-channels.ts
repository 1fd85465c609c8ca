/**
 * Where storage is blocked Firefox has BroadcastChannel and refuses to make one. The database library makes one as soon
 * as it is loaded and fails with it; where there is none it does without. What is in memory no other tab has to hear of.
 */
try {
	new BroadcastChannel('probe').close();
} catch {
	Object.defineProperty(globalThis, 'BroadcastChannel', { value: undefined });
}
