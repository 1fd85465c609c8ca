/** Workspaces over their databases. */
import type { Tray } from '../customer/tray';
import type { Store } from '../storage/open-store';
import type { Workspaces } from './workspaces';

export interface WorkspacesDeps {
	readonly store: Store;
	readonly tray: Tray;
	readonly currentId: string;
	readonly systemNowMs: () => number;
	readonly newId: () => string;
}

export function createWorkspaces(_deps: WorkspacesDeps): Workspaces {
	throw new Error('not written yet');
}
