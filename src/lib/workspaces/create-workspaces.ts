/** The operations on workspaces. */
import { generateServiceKeys } from '../crypto/service-keys';
import { safeFileName } from '../domain/display-name';
import { openTray, trayDatabaseName, type Tray } from '../customer/tray';
import type { Bytes } from '../domain/bytes';
import { orStorageFull } from '../domain/storage-full';
import { HOUR_MS, type EpochMs } from '../domain/time';
import { NewerDatabaseError, openDatabase, serviceDatabaseName } from '../storage/database';
import type { Store } from '../storage/open-store';
import { emptyWhole } from '../storage/whole';
import type { Contents } from './contents';
import { readNewer } from './newer';
import { readContents } from './read-contents';
import { openRegistry, type Registry } from './registry';
import { restore } from './restore';
import { StoppedError, startWork, type Work } from './work';
import { contentsToFile, fileToContents } from './workspace-file';
import {
	FIRST_WORKSPACE_NAME,
	WORKSPACE_FILE_ENDING,
	type Workspace,
	type WorkspaceProblem,
	type WorkspaceResult,
	type Workspaces
} from './workspaces';
import { deleteWorkspace, using, writeWorkspace } from './write-contents';

export interface WorkspacesDeps {
	/** Both absent if a later version of the sandbox wrote the workspace in use: then it was not opened. */
	readonly store: Store | undefined;
	readonly tray: Tray | undefined;
	readonly currentId: string;
	readonly systemNowMs: () => EpochMs;
	/** UUIDs, lower case. */
	readonly newId: () => string;
}

/** Longer than any operation on workspaces takes. Work started before that time will not be finished. */
const GIVEN_UP_MS = HOUR_MS;

const problem = (name: WorkspaceProblem) => ({ ok: false, problem: name }) as const;

export function createWorkspaces(deps: WorkspacesDeps): Workspaces {
	return deps.store?.mode === 'memory' ? inMemory(deps) : stored(deps);
}

function stored(deps: WorkspacesDeps): Workspaces {
	const { currentId, systemNowMs, newId } = deps;
	let opened: Promise<Registry> | undefined;

	const registry = () =>
		(opened ??= open().catch((error: unknown) => {
			// what has failed may go well the next time
			opened = undefined;
			throw error;
		}));

	async function open(): Promise<Registry> {
		const list = await openRegistry();
		try {
			await list.ensure(currentId, systemNowMs());
			for (const workspaceId of await list.abandoned(systemNowMs() - GIVEN_UP_MS))
				await erase(list, workspaceId);
			return list;
		} catch (error) {
			list.close();
			throw error;
		}
	}

	async function add(
		name: string,
		write: (workspaceId: string) => Promise<void>
	): Promise<WorkspaceResult<Workspace>> {
		const list = await registry();
		const reserved = await list.reserve(newId(), name, systemNowMs());
		if (!reserved.ok) return reserved;
		const { workspaceId } = reserved.value;
		try {
			await write(workspaceId);
			if (await list.finish(workspaceId)) return reserved;
			await erase(list, workspaceId);
			return problem('Stopped');
		} catch (error) {
			await erase(list, workspaceId);
			throw error;
		}
	}

	async function addContents(
		name: string,
		contents: Contents,
		work: Work
	): Promise<WorkspaceResult<Workspace>> {
		const result = await restore(contents, work);
		if ('at' in result) return { ok: false, problem: 'Inconsistent', at: result.at };
		await work.step('writing', 0, 1);
		return add(name, (workspaceId) => writeWorkspace(workspaceId, result.restored, {}));
	}

	async function contentsOf(workspaceId: string, work: Work): Promise<WorkspaceResult<Contents>> {
		if (workspaceId === currentId) return ownContents(deps, work);
		try {
			const files = await using(
				() => openTray(trayDatabaseName(workspaceId), {}),
				(tray) => tray.exportFiles()
			);
			const value = await using(
				() => openDatabase(serviceDatabaseName(workspaceId)),
				(db) => readContents(db, files, generateServiceKeys, work)
			);
			return { ok: true, value };
		} catch (error) {
			if (error instanceof NewerDatabaseError) return problem('NewerVersion');
			throw error;
		}
	}

	// transactions are rolled back whole, and what was begun is erased
	return orStorageFull({
		list: async () => (await registry()).list(),
		current: async () => (await registry()).ensure(currentId, systemNowMs()),
		create: (name: string) => add(name, () => Promise.resolve()),
		rename: async (workspaceId: string, name: string) =>
			(await registry()).rename(workspaceId, name),
		duplicate: (workspaceId: string, name: string, port?: MessagePort) =>
			untilEnded(port, async (work) => {
				const all = await (await registry()).list();
				if (!all.some((one) => one.workspaceId === workspaceId)) return problem('NotFound');
				const contents = await contentsOf(workspaceId, work);
				return contents.ok ? addContents(name, contents.value, work) : contents;
			}),
		remove: async (workspaceId: string): Promise<WorkspaceResult<null>> => {
			if (workspaceId === currentId) return problem('InUse');
			const list = await registry();
			if (!(await list.condemn(workspaceId))) return problem('NotFound');
			await erase(list, workspaceId);
			return { ok: true, value: null };
		},
		reset: () => reset(deps),
		exportFile: (port?: MessagePort) =>
			untilEnded(port, async (work) => {
				const { name } = await (await registry()).ensure(currentId, systemNowMs());
				return toFile(name, await ownContents(deps, work), work);
			}),
		importFile: (name: string, file: Bytes, port?: MessagePort) =>
			untilEnded(port, async (work) => {
				const contents = await fileToContents(file, work);
				return contents.ok ? addContents(name, contents.value, work) : contents;
			})
	});
}

/** For a browser that refuses storage: one workspace, which can be exported and reset. */
function inMemory(deps: WorkspacesDeps): Workspaces {
	const { currentId: workspaceId, systemNowMs } = deps;
	const only = { workspaceId, name: FIRST_WORKSPACE_NAME, createdAtMs: systemNowMs() };
	const notStored = () => Promise.resolve(problem('NotStored'));
	return {
		list: () => Promise.resolve([only]),
		current: () => Promise.resolve(only),
		create: notStored,
		rename: notStored,
		duplicate: notStored,
		remove: notStored,
		importFile: notStored,
		reset: () => reset(deps),
		exportFile: (port) =>
			untilEnded(port, async (work) => toFile(only.name, await ownContents(deps, work), work))
	};
}

async function ownContents(
	{ store, tray, currentId }: WorkspacesDeps,
	work: Work
): Promise<WorkspaceResult<Contents>> {
	if (store && tray) {
		const files = await tray.exportFiles();
		return { ok: true, value: await readContents(store.db, files, generateServiceKeys, work) };
	}
	const value = await readNewer(currentId, generateServiceKeys);
	return value ? { ok: true, value } : problem('NewerVersion');
}

async function reset({ store, tray }: WorkspacesDeps): Promise<WorkspaceResult<null>> {
	if (!store || !tray) return problem('NewerVersion');
	await emptyWhole(store.db);
	await tray.clear();
	return { ok: true, value: null };
}

async function toFile(
	name: string,
	contents: WorkspaceResult<Contents>,
	work: Work
): Promise<WorkspaceResult<{ readonly name: string; readonly bytes: Bytes }>> {
	const bytes = contents.ok ? await contentsToFile(contents.value, work) : contents;
	return bytes.ok
		? {
				ok: true,
				value: { name: `${safeFileName(name)}${WORKSPACE_FILE_ENDING}`, bytes: bytes.value }
			}
		: bytes;
}

async function erase(list: Registry, workspaceId: string): Promise<void> {
	await deleteWorkspace(workspaceId);
	await list.forget(workspaceId);
}

/** Turns a stop between two steps into a value. Nothing was written. */
async function untilEnded<T>(
	port: MessagePort | undefined,
	work: (work: Work) => Promise<WorkspaceResult<T>>
): Promise<WorkspaceResult<T>> {
	try {
		return await work(startWork(port));
	} catch (error) {
		if (error instanceof StoppedError) return problem('Stopped');
		throw error;
	} finally {
		port?.close();
	}
}
