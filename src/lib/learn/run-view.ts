/** The data that the page watches: the open run of this workspace, and all finished runs. */
import type { Tray } from '../customer/tray';
import { LEARN_WORKSPACE_ID } from '../domain/sandbox';
import type { Database } from '../storage/database';
import { readFacts } from './facts';
import type { Progress, RunView } from './learn';
import type { LearnDatabase, RunDatabase, RunRow } from './learn-database';

export function rightAnswers({ answers }: Pick<RunRow, 'answers'>): Record<string, boolean> {
	return Object.fromEntries(
		Object.entries(answers).map(([id, { choice, right }]) => [id, choice === right])
	);
}

/** @returns null if no run is open */
export async function readRun(
	db: RunDatabase,
	service: Database,
	tray: Tray,
	workspaceId: string
): Promise<RunView | null> {
	const row = await db.runs.get(workspaceId);
	if (!row) return null;
	const { scenario, seed, exam, begunAtMs, finishedAtMs, hints, solutionShown, answers } = row;
	return {
		run: {
			...{ scenario, seed, exam, begunAtMs, finishedAtMs, hints, solutionShown, answers },
			names: row.handles.names,
			keyIds: row.handles.keys
		},
		facts: await readFacts(service, tray, { ...row, answers: rightAnswers(row) })
	};
}

export async function readProgress(db: LearnDatabase): Promise<Progress> {
	const [completions, replayed, exam, own, run] = await Promise.all([
		db.completions.toArray(),
		db.replayed.toArray(),
		db.exams.get(0),
		db.own.toArray(),
		db.runs.get(LEARN_WORKSPACE_ID)
	]);
	const open = run?.finishedAtMs === null ? { scenario: run.scenario } : null;
	return { completions, replayed, exam: exam ?? null, own, open };
}
