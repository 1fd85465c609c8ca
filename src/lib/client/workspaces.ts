/** Workspaces as the page manages them. Apart from the service: one page asks for it. */
import type { Workspaces } from '../workspaces/workspaces';
import { handOver } from './hand-over';
import { connect } from './worker';

export const workspaces: Workspaces = {
	list: async () => (await connect()).workspaces.list(),
	current: async () => (await connect()).workspaces.current(),
	create: async (name) => (await connect()).workspaces.create(name),
	rename: async (id, name) => (await connect()).workspaces.rename(id, name),
	duplicate: async (id, name, work) =>
		(await connect()).workspaces.duplicate(id, name, await handOver(work)),
	remove: async (id) => (await connect()).workspaces.remove(id),
	reset: async () => (await connect()).workspaces.reset(),
	exportFile: async (work) => (await connect()).workspaces.exportFile(await handOver(work)),
	importFile: async (name, file, work) =>
		(await connect()).workspaces.importFile(name, file, await handOver(work))
};
