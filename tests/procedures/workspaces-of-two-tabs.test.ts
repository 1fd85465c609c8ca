/** Two tabs that manage workspaces at once: none is said to be there that the other has removed, and none comes back. */
import { databaseNames, openPlace } from '../support/workspaces';
import { Dexie } from 'dexie';
import { HOUR_MS } from '$lib/domain/time';
import { createWorkspaces } from '$lib/workspaces/create-workspaces';
import { openRegistry } from '$lib/workspaces/registry';
import type { Workspaces } from '$lib/workspaces/workspaces';
import type * as WriteContents from '$lib/workspaces/write-contents';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { START_MS } from '../support/sandbox';

/** Between the last byte of a workspace that is written and the word that it is finished. */
const meanwhile = vi.fn(() => Promise.resolve());
vi.mock('$lib/workspaces/write-contents', async (original) => {
	const real = await original<typeof WriteContents>();
	return {
		...real,
		writeWorkspace: async (...args: Parameters<typeof real.writeWorkspace>) => {
			await real.writeWorkspace(...args);
			await meanwhile();
		}
	};
});

beforeEach(async () => {
	// Dexie says of each open one that it closes it
	vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	for (const name of await databaseNames()) await Dexie.delete(name);
});
afterEach(() => {
	vi.restoreAllMocks();
});

/** Two hours later, when whatever was begun before has been given up. */
async function lateTab(): Promise<Workspaces> {
	const { sandbox, tray } = await openPlace('main');
	return createWorkspaces({
		...{ store: sandbox.store, tray, currentId: 'main' },
		systemNowMs: () => START_MS + 2 * HOUR_MS,
		newId: () => crypto.randomUUID()
	});
}

test('a tab that slept until another one has given up its import does not say that it was done', async () => {
	const { workspaces } = await openPlace('main');
	const file = await workspaces.exportFile();
	if (!file.ok) throw new Error(file.problem);
	const before = [await databaseNames(), await workspaces.list()];
	const late = await lateTab();
	const stopped = { ok: false, problem: 'Stopped' };

	meanwhile.mockImplementationOnce(async () => {
		expect(await late.list()).toHaveLength(1);
	});
	expect(await workspaces.importFile('Back', file.value.bytes)).toEqual(stopped);
	expect(meanwhile).toHaveBeenCalledTimes(1);
	expect([await databaseNames(), await workspaces.list()]).toEqual(before);

	expect(await workspaces.importFile('Back', file.value.bytes)).toMatchObject({ ok: true });
	expect(await workspaces.list()).toHaveLength(2);
});

test('a workspace removed while another tab renames it does not come back', async () => {
	const [one, other] = [await openRegistry(), await openRegistry()];
	for (const isCondemnedFirst of [false, true]) {
		const workspaceId = crypto.randomUUID();
		await one.reserve(workspaceId, 'Before', START_MS);
		expect(await one.finish(workspaceId)).toBe(true);
		const renamed = one.rename(workspaceId, 'After');
		if (isCondemnedFirst) await other.condemn(workspaceId);
		await other.forget(workspaceId);
		await renamed;
		expect(await one.list()).toEqual([]);
		expect(await one.finish(workspaceId)).toBe(false);
	}
	one.close();
	other.close();
});

test('a workspace is not renamed while it is written, nor to a name that is taken', async () => {
	const list = await openRegistry();
	await list.reserve('half', 'Half', START_MS);
	expect(await list.rename('half', 'Whole')).toEqual({ ok: false, problem: 'NotFound' });
	await list.finish('half');
	await list.reserve('other', 'Other', START_MS);
	expect(await list.rename('half', 'OTHER')).toEqual({ ok: false, problem: 'NameTaken' });
	expect(await list.list()).toEqual([{ workspaceId: 'half', name: 'Half', createdAtMs: START_MS }]);
	const whole = { workspaceId: 'half', name: 'Whole', createdAtMs: START_MS };
	expect(await list.rename('half', ' Whole ')).toEqual({ ok: true, value: whole });
	expect(await list.list()).toEqual([whole]);
	list.close();
});
