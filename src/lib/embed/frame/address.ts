/**
 * Where a demo stands: an address that nobody but the demo sees, so that the host's history stays the host's. It hangs on
 * the window because the bundles of the frame, each with a Svelte of its own, have it in common.
 */
interface Address {
	/** `#/keys/…`, as `frameNavigation` writes it; a query may follow. */
	href: string;
	readonly listeners: Set<() => void>;
}

declare global {
	var kmsEmbedAddress: Address | undefined;
}

const address = (globalThis.kmsEmbedAddress ??= { href: '#/keys', listeners: new Set() });

export const readAddress = (): string => address.href;

/** What does not begin with `#/` is no place of the demo, and nothing happens. */
export function go(href: string): void {
	if (!href.startsWith('#/') || href === address.href) return;
	address.href = href;
	for (const listener of address.listeners) listener();
}

/** @returns the end of it */
export function onAddress(listener: () => void): () => void {
	address.listeners.add(listener);
	return () => {
		address.listeners.delete(listener);
	};
}
