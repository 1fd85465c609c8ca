/** The worker's entry: opens the workspace, and exposes the service, the customer and the sandbox controls. Wiring only. */
import './blocked-channels';
import { expose, proxy } from 'comlink';
import { generateServiceKeys } from '../crypto/service-keys';
import { asLoadFailure } from '../domain/load-failure';
import { NewerDatabaseError, serviceDatabaseName } from '../storage/database';
import { openStore } from '../storage/open-store';
import type { Watchable, WorkerApi } from './api';
import { overwritingCopies } from './copies';
import { later, once } from './later';
import { bindQueries, isLearnQuestion, watch, type Questions } from './watch';

/** The page gives the worker the name of the workspace. */
const workspaceId = self.name;

const systemNowMs = () => Date.now();
const newId = () => crypto.randomUUID();

const opening = openStore(serviceDatabaseName(workspaceId), generateServiceKeys);

/** Not needed for the first list. */
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

/** Starts immediately, because the first key pairs take a while. The first view does not wait for it. */
const parties = (async () => {
	const [{ store, tray }, { createConsole }] = await Promise.all([openAll(), import('./console')]);
	return createConsole(store, tray, { systemNowMs, newId });
})();

// each caller gets the error
for (const one of [openingTray, parties]) one.catch(() => undefined);

/** Loaded at the first call: most visits need neither. */
async function buildDiagnostician() {
	const store = await opening;
	const { createDiagnostician } = await import('../diagnosis/create-diagnostician').catch(
		asLoadFailure
	);
	return createDiagnostician({ store, systemNowMs });
}

/** Loaded at the first query for a scenario. */
const learning = once(async () => {
	const [{ store, tray }, { openLearning }] = await Promise.all([openAll(), import('./learning')]);
	return openLearning(store, tray, workspaceId, async () => (await parties).backstage);
});

/** These also work without service and customer: a workspace of a later version can be exported or left. */
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

/** Opened before the query starts: a live query may await only databases. */
async function questionsFor(name: keyof Watchable): Promise<Partial<Questions>> {
	if (isLearnQuestion(name)) return (await learning()).questions;
	if (name !== 'files') return bindQueries((await opening).db);
	const tray = await openingTray;
	return { files: () => tray.list() };
}

// Exposed before any database is open: an early call waits, instead of being lost.
const api: WorkerApi = {
	kms: proxy(later(async () => (await parties).kms)),
	workbench: proxy(later(async () => (await parties).workbench)),
	sandbox: proxy(later(async () => (await parties).sandbox)),
	diagnostician: proxy(overwritingCopies(later(buildDiagnostician))),
	workspaces: proxy(later(buildWorkspaces)),
	learn: proxy(later(async () => (await learning()).learn())),
	storageMode: async () => (await unlessNewer(opening))?.mode ?? 'newer',
	watch: async (name, args, port) => {
		await watch(await questionsFor(name), name, args, port);
	}
};
expose(api);
