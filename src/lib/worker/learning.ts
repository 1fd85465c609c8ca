/** Scenarios, over what is open already. Loaded when one is first looked for. */
import type { Tray } from '../customer/tray';
import { createLearn } from '../learn/create-learn';
import type { Learn } from '../learn/learn';
import { openLearnDatabase } from '../learn/learn-database';
import { readProgress, readRun } from '../learn/run-view';
import type { Backstage } from '../learn/stage';
import type { Store } from '../storage/open-store';
import type { LearnQuestions } from './watch';

interface Learning {
	readonly questions: LearnQuestions;
	readonly learn: () => Promise<Learn>;
}

/** @param backstage asked for when a scenario is played, not when one is looked for */
export async function openLearning(
	store: Store,
	tray: Tray,
	workspaceId: string,
	backstage: () => Promise<Backstage>
): Promise<Learning> {
	const db = await openLearnDatabase(store.options);
	return {
		questions: {
			run: () => readRun(db, store.db, tray, workspaceId),
			progress: () => readProgress(db)
		},
		learn: async () => createLearn({ ...(await backstage()), db, workspaceId })
	};
}
