/** Service, customer and sandbox controls on open databases. Loaded after the databases, because lists don't need it. */
import { generateWrappingKeyPair } from '../crypto/wrapping-key-pair';
import { createWorkbench } from '../customer/create-workbench';
import type { Tray } from '../customer/tray';
import { createKeyPairPool } from '../engine/key-pair-pool';
import { createKms } from '../engine/kms';
import { createSandboxControls } from '../engine/sandbox';
import { startSweeper } from '../engine/sweeper';
import type { Store } from '../storage/open-store';

/** One import needs one key pair. A curious trainee requests two or three in a row. */
const READY_KEY_PAIRS = 3;

/** Longer than any operation takes, except generating a key pair. */
const IDLE_MS = 50;

export interface Platform {
	readonly systemNowMs: () => number;
	readonly newId: () => string;
	/** Runs its argument while this context watches the deadlines. */
	readonly asLeader: (watch: () => Promise<void>) => Promise<void>;
}

export async function createParties(
	store: Store,
	tray: Tray,
	{ systemNowMs, newId, asLeader }: Platform
) {
	// record first what fell due while no tab was open
	const sweeper = await startSweeper({ store, systemNowMs, asLeader });
	const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
	const whenIdle = (refill: () => void) => setTimeout(refill, IDLE_MS);
	const keyPairs = createKeyPairPool(generateWrappingKeyPair, READY_KEY_PAIRS, whenIdle);
	const deps = { store, keyPairs, newId, randomBytes, systemNowMs };
	const sandbox = createSandboxControls(deps);
	return {
		kms: createKms(deps),
		sandbox,
		sweeper,
		/** For scenarios, which act like a trainee but choose the identifiers. */
		backstage: { store, keyPairs, systemNowMs, tray, sandbox },
		workbench: createWorkbench({ tray, randomBytes, systemNowMs })
	};
}
