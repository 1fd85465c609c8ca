/** Stands for the page's door to the worker (`client/worker.ts`): in a demo the engine is behind it. */
import type { Remote } from 'comlink';
import type { EmbedEngine } from '../engine/api';

declare global {
	/** Set by the frame before any part asks; the bundles of the frame have it in common. */
	var kmsEmbedDoor: Promise<Remote<EmbedEngine>> | undefined;
}

export function connect(): Promise<Remote<EmbedEngine>> {
	return globalThis.kmsEmbedDoor ?? Promise.reject(new Error('no engine was started'));
}
