/** Changes of the open run. Apart from the database of progress: an embed has runs and nothing else. */
import type { EpochMs } from '../domain/time';
import { named } from '../scenario/handles';
import type { Answered, Run, RunReference } from './learn';
import type { RunDatabase, RunRow } from './learn-database';

/**
 * The one way to change a run: read, compare and write in one transaction, so that two tabs never write from a copy that
 * is out of date.
 *
 * @param change pure; undefined: leaves the run as it is
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

/** Ends this run without keeping anything of it. @returns whether it was the open one */
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

/** Opens a run, in an exam with the answers that were given to its case before. */
export async function startRun(db: RunDatabase, run: RunRow): Promise<void> {
	await db.transaction('rw', tablesOf(db), async () => {
		const exam = run.exam ? await db.exams?.get(0) : undefined;
		const given = named(exam?.answers ?? {}, run.scenario.id);
		await db.runs.put({ ...run, answers: given ?? run.answers });
	});
}

/**
 * Keeps an answer, if its try is the next one, in the run and for the case of an exam.
 *
 * @param begunAtMs of the run that was answered
 * @returns whether it was kept
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
