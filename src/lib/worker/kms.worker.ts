/** The worker's entry: builds the two parties and exposes them. Wiring only. */
import { expose, proxy } from 'comlink';
import { generateServiceKeys } from '../crypto/service-keys';
import { generateWrappingKeyPair } from '../crypto/wrapping-key-pair';
import { createWorkbench } from '../customer/create-workbench';
import { openTray } from '../customer/tray';
import { createKeyPairPool } from '../engine/key-pair-pool';
import { createKms } from '../engine/kms';
import { startSweeper } from '../engine/sweeper';
import { openStore } from '../storage/open-store';
import type { WorkerApi } from './api';
import { later } from './later';
import { bindQueries, watch } from './watch';

/** One import takes one pair; a curious trainee asks two or three times in a row. */
const READY_KEY_PAIRS = 3;

/** Longer than any operation but a generation takes. */
const IDLE_MS = 50;

async function build() {
	const store = await openStore('kms', generateServiceKeys);
	const tray = await openTray('workbench', store.options);
	const systemNowMs = () => Date.now();
	await startSweeper({ store, systemNowMs });
	const whenIdle = (refill: () => void) => setTimeout(refill, IDLE_MS);
	const keyPairs = createKeyPairPool(generateWrappingKeyPair, READY_KEY_PAIRS, whenIdle);
	const newId = () => crypto.randomUUID();
	const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
	return {
		kms: createKms({ store, keyPairs, newId, systemNowMs }),
		workbench: createWorkbench({ tray, randomBytes, systemNowMs }),
		mode: store.mode,
		questions: bindQueries(store.db, tray)
	};
}

const parties = build();

// Exposed before anything is open: a call that comes early waits, instead of being lost.
const api: WorkerApi = {
	kms: proxy(later(parties.then(({ kms }) => kms))),
	workbench: proxy(later(parties.then(({ workbench }) => workbench))),
	storageMode: async () => (await parties).mode,
	watch: async (name, args, port) => {
		await watch((await parties).questions, name, args, port);
	}
};
expose(api);
