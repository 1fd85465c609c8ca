/** Changes of the open run. Separate from the database of progress, because an embed has only runs. */
import type { EpochMs } from '../domain/time';
import { named } from '../scenario/handles';
import type { Answered, Run, RunReference } from './learn';
import type { RunDatabase, RunRow } from './learn-database';

/**
 * The only way to change a run: read, compare and write in one transaction, so that no tab writes from an outdated copy.
 *
 * @param change a pure function; if it returns undefined, the run stays unchanged
 * @returns whether it was changed
 */
export function changeRun(
	db: RunDatabase,
	workspaceId: string,
	change: (run: RunRow) => RunRow | undefined
): Promise<boolean> {
	return db.transaction('rw', [db.runs], async () => {
		const run = await db.runs.get(workspaceId);
		const changed = run && change(run);
		if (changed) await db.runs.put(changed);
		return changed !== undefined;
	});
}

/** Forgets whatever run there is. */
export const forgetRun = (db: RunDatabase, workspaceId: string): Promise<void> =>
	db.runs.delete(workspaceId);

/** Ends this run and stores nothing of it. @returns whether this run was open */
export function leaveRun(
	db: RunDatabase,
	workspaceId: string,
	{ begunAtMs }: RunReference
): Promise<boolean> {
	return db.transaction('rw', [db.runs], async () => {
		if ((await db.runs.get(workspaceId))?.begunAtMs !== begunAtMs) return false;
		await db.runs.delete(workspaceId);
		return true;
	});
}

/** Opens a run. In an exam, the run starts with the earlier answers to its case. */
export async function startRun(db: RunDatabase, run: RunRow): Promise<void> {
	await db.transaction('rw', tablesOf(db), async () => {
		const exam = run.exam ? await db.exams?.get(0) : undefined;
		const given = named(exam?.answers ?? {}, run.scenario.id);
		await db.runs.put({ ...run, answers: given ?? run.answers });
	});
}

/**
 * Stores an answer in the run, and for the case of an exam, if this try is the next one.
 *
 * @param begunAtMs of the run that was answered
 * @returns whether the answer was stored
 */
export async function keepAnswer(
	db: RunDatabase,
	workspaceId: string,
	begunAtMs: EpochMs,
	questionId: string,
	answered: Answered
): Promise<boolean> {
	return db.transaction('rw', tablesOf(db), async () => {
		const run = await db.runs.get(workspaceId);
		if (run?.begunAtMs !== begunAtMs) return false;
		if (triesOf(run, questionId) + 1 !== answered.tries) return false;
		const answers = { ...run.answers, [questionId]: answered };
		await db.runs.put({ ...run, answers });
		const exam = run.exam ? await db.exams?.get(0) : undefined;
		if (exam)
			await db.exams?.put({
				...exam,
				answers: { ...exam.answers, [run.scenario.id]: answers }
			});
		return true;
	});
}

export function triesOf({ answers }: Pick<Run, 'answers'>, questionId: string): number {
	return named(answers, questionId)?.tries ?? 0;
}

const tablesOf = ({ runs, exams }: RunDatabase) => (exams ? [runs, exams] : [runs]);
