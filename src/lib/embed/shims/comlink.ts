/**
 * Stands for Comlink in a bundle that is loaded later: what is to be transferred is noted by the Comlink that sends, and
 * that one is in `core.<locale>.js` (`engine/start-engine.ts`).
 */
import type { transfer as TransferOfComlink } from 'comlink';

declare global {
	var kmsEmbedTransfer: typeof TransferOfComlink | undefined;
}

export const transfer: typeof TransferOfComlink = (value, transfers) => {
	if (!globalThis.kmsEmbedTransfer) throw new Error('no engine was started');
	return globalThis.kmsEmbedTransfer(value, transfers);
};
