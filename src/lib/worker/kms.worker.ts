/** The worker's entry: opens the workspace, and exposes the parties and the sandbox around them. Wiring only. */
import './blocked-channels';
import { expose, proxy } from 'comlink';
import { generateServiceKeys } from '../crypto/service-keys';
import { openTray, trayDatabaseName } from '../customer/tray';
import { NewerDatabaseError, serviceDatabaseName } from '../storage/database';
import { openStore } from '../storage/open-store';
import type { WorkerApi } from './api';
import { later, once } from './later';
import { bindQueries, isLearnQuestion, watch } from './watch';

/** The page names the worker after the workspace that it works in. */
const workspaceId = self.name;

const systemNowMs = () => Date.now();
const newId = () => crypto.randomUUID();

async function open() {
	const store = await openStore(serviceDatabaseName(workspaceId), generateServiceKeys);
	const tray = await openTray(trayDatabaseName(workspaceId), store.options);
	return { store, tray, questions: bindQueries(store.db, tray) };
}

const opened = open();

/** Not waited for by anything that is shown first, and asked for at once: the first pairs of keys take a while. */
const parties = (async () => {
	const [{ store, tray }, { createConsole }] = await Promise.all([opened, import('./console')]);
	return createConsole(store, tray, { systemNowMs, newId });
})();
// whoever calls hears of it
parties.catch(() => undefined);

/** Loaded when first asked for: most visits need neither. */
async function buildDiagnostician() {
	const { store } = await opened;
	const { createDiagnostician } = await import('../diagnosis/create-diagnostician');
	return createDiagnostician({ store, systemNowMs });
}

/** Loaded when a scenario is first looked for. */
const learning = once(async () => {
	const [{ store, tray }, { openLearning }] = await Promise.all([opened, import('./learning')]);
	return openLearning(store, tray, workspaceId, async () => (await parties).backstage);
});

/** These work without the parties too: a workspace of a later version is carried away or left behind. */
async function buildWorkspaces() {
	const { store, tray } = (await openedUnlessNewer()) ?? {};
	const { createWorkspaces } = await import('../workspaces/create-workspaces');
	return createWorkspaces({ store, tray, currentId: workspaceId, systemNowMs, newId });
}

async function openedUnlessNewer() {
	try {
		return await opened;
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
	learn: proxy(later(async () => (await learning()).learn())),
	storageMode: async () => (await openedUnlessNewer())?.store.mode ?? 'newer',
	watch: async (name, args, port) => {
		const { questions } = await opened;
		// asked for beforehand: nothing but databases may be waited for while a query is watched
		const learn = isLearnQuestion(name) ? (await learning()).questions : {};
		await watch({ ...questions, ...learn }, name, args, port);
	}
};
expose(api);
