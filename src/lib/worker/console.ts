/** Service and customer for the console, with the parts that an embed lacks: audit log controls, one leading tab. */
import type { Tray } from '../customer/tray';
import { safeFileName } from '../domain/display-name';
import { createAuditControls } from '../engine/audit-controls';
import type { Store } from '../storage/open-store';
import { leadershipOf } from './leadership';
import { createParties, type Platform } from './parties';

export async function createConsole(
	store: Store,
	tray: Tray,
	platform: Omit<Platform, 'asLeader'>
) {
	// names stored by an earlier version of the sandbox, or from a workspace file
	await tray.rename(safeFileName);
	const parties = await createParties(store, tray, { ...platform, asLeader: leadershipOf(store) });
	const { sandbox, sweeper } = parties;
	return {
		...parties,
		sandbox: {
			...sandbox,
			...createAuditControls({ store }),
			expiryWatch: () => Promise.resolve({ leads: sweeper.isLeader(), timer: sweeper.timer() })
		}
	};
}
