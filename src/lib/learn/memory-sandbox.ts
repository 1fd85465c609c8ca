/** A sandbox in memory whose system clock stands still: to work out what would happen, and to replay what did. */
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
