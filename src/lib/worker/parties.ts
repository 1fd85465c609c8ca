/** The two parties and the sandbox around them, over what is open already. Loaded after it: lists are shown without. */
import { generateWrappingKeyPair } from '../crypto/wrapping-key-pair';
import { createWorkbench } from '../customer/create-workbench';
import type { Tray } from '../customer/tray';
import { createKeyPairPool } from '../engine/key-pair-pool';
import { createKms } from '../engine/kms';
import { createSandboxControls } from '../engine/sandbox';
import { startSweeper } from '../engine/sweeper';
import type { Store } from '../storage/open-store';

/** One import takes one pair; a curious trainee asks two or three times in a row. */
const READY_KEY_PAIRS = 3;

/** Longer than any operation but a generation takes. */
const IDLE_MS = 50;

export interface Platform {
	readonly systemNowMs: () => number;
	readonly newId: () => string;
	/** Runs its argument while this context is the one that watches the deadlines. */
	readonly asLeader: (watch: () => Promise<void>) => Promise<void>;
}

export async function createParties(
	store: Store,
	tray: Tray,
	{ systemNowMs, newId, asLeader }: Platform
) {
	// what fell due while nobody was here is recorded before anything new is
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
		/** For scenarios, which do what a trainee does with identifiers of their own. */
		backstage: { store, keyPairs, systemNowMs, tray, sandbox },
		workbench: createWorkbench({ tray, randomBytes, systemNowMs })
	};
}
