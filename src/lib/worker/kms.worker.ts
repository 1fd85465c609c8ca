/** The worker's entry: opens the workspace, and exposes the parties and the sandbox around them. Wiring only. */
import './blocked-channels';
import { expose, proxy } from 'comlink';
import { generateServiceKeys } from '../crypto/service-keys';
import { NewerDatabaseError, serviceDatabaseName } from '../storage/database';
import { openStore } from '../storage/open-store';
import type { Watchable, WorkerApi } from './api';
import { later, once } from './later';
import { bindQueries, isLearnQuestion, watch, type Questions } from './watch';

/** The page names the worker after the workspace that it works in. */
const workspaceId = self.name;

const systemNowMs = () => Date.now();
const newId = () => crypto.randomUUID();

const opening = openStore(serviceDatabaseName(workspaceId), generateServiceKeys);

/** The first list is shown without it. */
const openingTray = (async () => {
	const [{ options }, { openTray, trayDatabaseName }] = await Promise.all([
		opening,
		import('../customer/tray')
	]);
	return openTray(trayDatabaseName(workspaceId), options);
})();

async function openAll() {
	const [store, tray] = await Promise.all([opening, openingTray]);
	return { store, tray };
}

/** Not waited for by anything that is shown first, and asked for at once: the first pairs of keys take a while. */
const parties = (async () => {
	const [{ store, tray }, { createConsole }] = await Promise.all([openAll(), import('./console')]);
	return createConsole(store, tray, { systemNowMs, newId });
})();

// whoever calls hears of it
for (const one of [openingTray, parties]) one.catch(() => undefined);

/** Loaded when first asked for: most visits need neither. */
async function buildDiagnostician() {
	const store = await opening;
	const { createDiagnostician } = await import('../diagnosis/create-diagnostician');
	return createDiagnostician({ store, systemNowMs });
}

/** Loaded when a scenario is first looked for. */
const learning = once(async () => {
	const [{ store, tray }, { openLearning }] = await Promise.all([openAll(), import('./learning')]);
	return openLearning(store, tray, workspaceId, async () => (await parties).backstage);
});

/** These work without the parties too: a workspace of a later version is carried away or left behind. */
async function buildWorkspaces() {
	const { store, tray } = (await unlessNewer(openAll())) ?? {};
	const { createWorkspaces } = await import('../workspaces/create-workspaces');
	return createWorkspaces({ store, tray, currentId: workspaceId, systemNowMs, newId });
}

async function unlessNewer<T>(opened: Promise<T>): Promise<T | undefined> {
	try {
		return await opened;
	} catch (error) {
		if (error instanceof NewerDatabaseError) return undefined;
		throw error;
	}
}

/** Asked for beforehand: nothing but databases may be waited for while a query is watched. */
async function questionsFor(name: keyof Watchable): Promise<Partial<Questions>> {
	if (isLearnQuestion(name)) return (await learning()).questions;
	if (name !== 'files') return bindQueries((await opening).db);
	const tray = await openingTray;
	return { files: () => tray.list() };
}

// Exposed before anything is open: a call that comes early waits, instead of being lost.
const api: WorkerApi = {
	kms: proxy(later(async () => (await parties).kms)),
	workbench: proxy(later(async () => (await parties).workbench)),
	sandbox: proxy(later(async () => (await parties).sandbox)),
	diagnostician: proxy(later(buildDiagnostician)),
	workspaces: proxy(later(buildWorkspaces)),
	learn: proxy(later(async () => (await learning()).learn())),
	storageMode: async () => (await unlessNewer(opening))?.mode ?? 'newer',
	watch: async (name, args, port) => {
		await watch(await questionsFor(name), name, args, port);
	}
};
expose(api);
