/** A sandbox in memory with a stopped system clock, for predicting and replaying operations. */
import { generateServiceKeys } from '../crypto/service-keys';
import { generateWrappingKeyPair } from '../crypto/wrapping-key-pair';
import { openTray } from '../customer/tray';
import type { EngineDeps } from '../engine/deps';
import { createSandboxControls } from '../engine/sandbox';
import { openMemoryStore } from '../storage/open-store';
import type { Backstage } from './stage';

export interface MemorySandbox extends Backstage {
	close(): void;
}

export async function openMemorySandbox(
	systemNowMs: () => number,
	keyPairs: EngineDeps['keyPairs'] = { take: generateWrappingKeyPair }
): Promise<MemorySandbox> {
	const store = await openMemoryStore(generateServiceKeys);
	const tray = await openTray('tray', store.options);
	const newId = () => crypto.randomUUID();
	return {
		store,
		tray,
		keyPairs,
		systemNowMs,
		sandbox: createSandboxControls({ store, systemNowMs, newId }),
		close: () => {
			store.db.close();
			tray.close();
		}
	};
}
