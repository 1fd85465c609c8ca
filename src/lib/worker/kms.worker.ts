/** The worker's entry: builds the two parties and the sandbox around them, and exposes them. Wiring only. */
import { expose, proxy } from 'comlink';
import { generateServiceKeys } from '../crypto/service-keys';
import { generateWrappingKeyPair } from '../crypto/wrapping-key-pair';
import { createWorkbench } from '../customer/create-workbench';
import { openTray, trayDatabaseName } from '../customer/tray';
import { createKeyPairPool } from '../engine/key-pair-pool';
import { createKms } from '../engine/kms';
import { createSandboxControls } from '../engine/sandbox';
import { startSweeper } from '../engine/sweeper';
import { NewerDatabaseError, serviceDatabaseName } from '../storage/database';
import { openStore } from '../storage/open-store';
import type { WorkerApi } from './api';
import { later } from './later';
import { bindQueries, watch } from './watch';

/** One import takes one pair; a curious trainee asks two or three times in a row. */
const READY_KEY_PAIRS = 3;

/** Longer than any operation but a generation takes. */
const IDLE_MS = 50;

/** The page names the worker after the workspace that it works in. */
const workspaceId = self.name;

const systemNowMs = () => Date.now();
const newId = () => crypto.randomUUID();
const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function build() {
	const store = await openStore(serviceDatabaseName(workspaceId), generateServiceKeys);
	const tray = await openTray(trayDatabaseName(workspaceId), store.options);
	await startSweeper({ store, systemNowMs });
	const whenIdle = (refill: () => void) => setTimeout(refill, IDLE_MS);
	const keyPairs = createKeyPairPool(generateWrappingKeyPair, READY_KEY_PAIRS, whenIdle);
	const deps = { store, keyPairs, newId, randomBytes, systemNowMs };
	return {
		store,
		tray,
		kms: createKms(deps),
		sandbox: createSandboxControls(deps),
		workbench: createWorkbench({ tray, randomBytes, systemNowMs }),
		mode: store.mode,
		questions: bindQueries(store.db, tray)
	};
}

const parties = build();

/** Loaded when first asked for: most visits need neither. */
async function buildDiagnostician() {
	const { store } = await parties;
	const { createDiagnostician } = await import('../diagnosis/create-diagnostician');
	return createDiagnostician({ store, systemNowMs });
}

/** These work without the parties too: a workspace of a later version is carried away or left behind. */
async function buildWorkspaces() {
	const { store, tray } = (await partiesUnlessNewer()) ?? {};
	const { createWorkspaces } = await import('../workspaces/create-workspaces');
	return createWorkspaces({ store, tray, currentId: workspaceId, systemNowMs, newId });
}

async function partiesUnlessNewer() {
	try {
		return await parties;
	} catch (error) {
		if (error instanceof NewerDatabaseError) return undefined;
		throw error;
	}
}

// Exposed before anything is open: a call that comes early waits, instead of being lost.
const api: WorkerApi = {
	kms: proxy(later(async () => (await parties).kms)),
	workbench: proxy(later(async () => (await parties).workbench)),
	sandbox: proxy(later(async () => (await parties).sandbox)),
	diagnostician: proxy(later(buildDiagnostician)),
	workspaces: proxy(later(buildWorkspaces)),
	storageMode: async () => (await partiesUnlessNewer())?.mode ?? 'newer',
	watch: async (name, args, port) => {
		await watch((await parties).questions, name, args, port);
	}
};
expose(api);
