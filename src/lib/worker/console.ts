/** The parties as the console has them, and what an embed does without: the audit log as a whole, one tab that leads. */
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
	// kept by an earlier version of the sandbox, or brought by a workspace file
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
