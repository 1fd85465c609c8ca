/** The list of workspaces, in its own small database. Each change is one write, and an index keeps names unique. */
import type { Dexie, EntityTable } from 'dexie';
import { displayName, isSeenWhole } from '../domain/display-name';
import { LEARN_WORKSPACE_ID } from '../domain/sandbox';
import type { EpochMs } from '../domain/time';
import {
	FIRST_WORKSPACE_NAME,
	LONGEST_WORKSPACE_NAME,
	MOST_WORKSPACES,
	type Workspace,
	type WorkspaceResult
} from './workspaces';

const LEARN_NAME = 'Learn';

interface Row extends Workspace {
	/** The same for all names that look alike. */
	readonly foldedName: string;
	/** The workspace is being written or deleted. It is not listed, and if the work is not finished, it is deleted. */
	readonly unfinished: boolean;
}

export interface Registry {
	/** Oldest first. */
	list(): Promise<Workspace[]>;
	/** Lists the workspace in use: at the first visit, and after another tab has removed it. */
	ensure(workspaceId: string, createdAtMs: EpochMs): Promise<Workspace>;
	/** Reserves a name and a place for a workspace before it is written. */
	reserve(
		workspaceId: string,
		name: string,
		createdAtMs: EpochMs
	): Promise<WorkspaceResult<Workspace>>;
	/** Puts it on the list. @returns whether its place was still there: another tab may have given it up */
	finish(workspaceId: string): Promise<boolean>;
	rename(workspaceId: string, name: string): Promise<WorkspaceResult<Workspace>>;
	/** Removes a workspace from the list before its databases are deleted. @returns whether it was listed */
	condemn(workspaceId: string): Promise<boolean>;
	forget(workspaceId: string): Promise<void>;
	/** Workspaces whose writing or deleting started before that time and was not finished. */
	abandoned(beforeMs: EpochMs): Promise<string[]>;
	close(): void;
}

export async function openRegistry(): Promise<Registry> {
	const { Dexie } = await import('dexie');
	const db = new Dexie('workspaces') as Dexie & {
		readonly workspaces: EntityTable<Row, 'workspaceId'>;
	};
	db.version(1).stores({ workspaces: 'workspaceId, &foldedName' });
	await db.open();
	const { workspaces: rows } = db;

	const listed = async (workspaceId: string) => {
		const row = await rows.get(workspaceId);
		return row?.unfinished === false ? row : undefined;
	};

	const isNameTaken = (error: unknown): boolean =>
		(error instanceof Dexie.ModifyError ? error.failures : [error]).some(
			(one) => (one as Error | null)?.name === 'ConstraintError'
		);

	/** @returns whether the name was free */
	async function put(row: Row): Promise<boolean> {
		try {
			await rows.put(row);
			return true;
		} catch (error) {
			if (isNameTaken(error)) return false;
			throw error;
		}
	}

	return {
		list: async () =>
			(await rows.toArray())
				.filter(({ unfinished }) => !unfinished)
				.sort((a, b) => a.createdAtMs - b.createdAtMs)
				.map(toWorkspace),

		ensure: async (workspaceId, createdAtMs) => {
			let row = await listed(workspaceId);
			for (let number = 1; !row; number++) {
				const first = workspaceId === LEARN_WORKSPACE_ID ? LEARN_NAME : FIRST_WORKSPACE_NAME;
				const name = number === 1 ? first : `${first} ${String(number)}`;
				const added = toRow({ workspaceId, name, createdAtMs });
				if (await put(added)) row = added;
			}
			return toWorkspace(row);
		},

		reserve: async (workspaceId, wanted, createdAtMs) => {
			const name = toName(wanted);
			if (name === undefined) return { ok: false, problem: 'NameInvalid' };
			// two tabs at the same time may create one more, which does no harm
			if ((await rows.count()) >= MOST_WORKSPACES) return { ok: false, problem: 'TooMany' };
			const value = { workspaceId, name, createdAtMs };
			const isFree = await put({ ...toRow(value), unfinished: true });
			return isFree ? { ok: true, value } : { ok: false, problem: 'NameTaken' };
		},

		finish: async (workspaceId) => (await rows.update(workspaceId, { unfinished: false })) > 0,

		rename: async (workspaceId, wanted) => {
			const name = toName(wanted);
			if (name === undefined) return { ok: false, problem: 'NameInvalid' };
			let value: Workspace | undefined;
			try {
				// read and written in one transaction: one that is removed meanwhile does not come back
				await rows
					.where({ workspaceId })
					.and(({ unfinished }) => !unfinished)
					.modify((row, place) => {
						value = { ...toWorkspace(row), name };
						place.value = toRow(value);
					});
			} catch (error) {
				if (isNameTaken(error)) return { ok: false, problem: 'NameTaken' };
				throw error;
			}
			return value ? { ok: true, value } : { ok: false, problem: 'NotFound' };
		},

		condemn: async (workspaceId) => (await rows.update(workspaceId, { unfinished: true })) > 0,

		forget: (workspaceId) => rows.delete(workspaceId),

		abandoned: async (beforeMs) =>
			(await rows.toArray())
				.filter(({ unfinished, createdAtMs }) => unfinished && createdAtMs < beforeMs)
				.map(({ workspaceId }) => workspaceId),

		close: () => {
			db.close();
		}
	};
}

const toRow = (workspace: Workspace): Row => ({
	...workspace,
	foldedName: workspace.name.normalize('NFKC').toLowerCase(),
	unfinished: false
});

const toWorkspace = ({ workspaceId, name, createdAtMs }: Row): Workspace => ({
	workspaceId,
	// an earlier version accepted every name
	name: displayName(name) || workspaceId,
	createdAtMs
});

/** @returns undefined if the name is empty, too long, or contains invisible characters */
function toName(wanted: string): string | undefined {
	const typed = wanted.trim();
	return typed.length <= LONGEST_WORKSPACE_NAME && isSeenWhole(typed)
		? displayName(typed)
		: undefined;
}
