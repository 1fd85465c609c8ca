/** The trainee's runs, results and drafts: a separate database, shared by all workspaces. */
import type { Dexie, DexieOptions, EntityTable } from 'dexie';
import type { EpochMs } from '../domain/time';
import type { Scenario } from '../scenario/format';
import { areOfOneScenario, type KnownDigests } from '../scenario/digest';
import type { GoalState } from '../scenario/goals';
import type { Handles } from '../scenario/handles';
import { courseDigests } from './course-digests';
import { resultOf } from './exam';
import { replayableOf } from './progress-file';
import type { StartOfRun } from './facts';
import type { Completion, Exam, Replayable, Run } from './learn';

export interface RunRow extends Omit<Run, 'names' | 'keyIds'>, Omit<StartOfRun, 'answers'> {
	readonly workspaceId: string;
	/** The values of the names after the shown actions of the solution. null: no action was shown. */
	readonly played: Handles | null;
	/** The number of started actions of the solution. Absent: none, or started by an earlier version of the sandbox. */
	readonly playedActions?: number;
	/** How many of them were done. Absent: all that were begun. */
	readonly performedActions?: number;
}

interface ExamRow extends Exam {
	readonly id: 0;
	/** Answers by scenario. The first answers count, also if a case is left and started again. */
	readonly answers?: Readonly<Record<string, Run['answers']>>;
}

/** The tables that a run needs. */
export type RunDatabase = Dexie & {
	readonly runs: EntityTable<RunRow, 'workspaceId'>;
	/** Absent in an embed. */
	readonly exams?: EntityTable<ExamRow, 'id'>;
};

export type LearnDatabase = RunDatabase & {
	/** Runs finished in this browser. Only these count. */
	readonly completions: EntityTable<Completion, 'scenarioId'>;
	/** Runs from files: a separate table without fields that could count. */
	readonly replayed: EntityTable<Replayable, 'scenarioId'>;
	readonly exams: EntityTable<ExamRow, 'id'>;
	readonly own: EntityTable<Scenario, 'id'>;
};

export async function openLearnDatabase(options: DexieOptions): Promise<LearnDatabase> {
	const { Dexie } = await import('dexie');
	const db = new Dexie('learn', options) as LearnDatabase;
	db.version(1).stores({ runs: 'workspaceId', completions: 'scenarioId', exams: 'id', own: 'id' });
	db.version(2).stores({ replayed: 'scenarioId' });
	await db.open();
	return db;
}

/** Keeps the run without the solution, then the one with fewer hints, then the one with fewer mistakes. */
function isBetter(
	known: KnownDigests,
	completion: Completion,
	kept: Completion | undefined
): boolean {
	if (!kept) return true;
	if (completion.credit !== kept.credit) return completion.credit;
	const { scenarioId, scenarioSha256 } = completion;
	// a run of a scenario that has since changed its played parts proves nothing
	if (!areOfOneScenario(known, scenarioId, scenarioSha256, kept.scenarioSha256)) return true;
	return completion.hints === kept.hints
		? completion.mistakes < kept.mistakes
		: completion.hints < kept.hints;
}

/** Counts the wrong answers before the right ones. */
export function mistakesOf({ answers }: Pick<Run, 'answers'>): number {
	return Object.values(answers).reduce((sum, { tries }) => sum + tries - 1, 0);
}

/**
 * Stores a completion and ends its run, if this run is still open.
 *
 * @param digests default: those of the course
 * @returns whether that run is finished now
 */
export async function keepFinished(
	db: LearnDatabase,
	{ workspaceId, begunAtMs }: Pick<RunRow, 'workspaceId' | 'begunAtMs'>,
	completion: Completion,
	digests?: KnownDigests
): Promise<boolean> {
	const { scenarioId, finishedAtMs } = completion;
	// awaited before the transaction, which would otherwise end
	const known = digests ?? (await courseDigests());
	return db.transaction('rw', [db.runs, db.completions], async () => {
		const run = await db.runs.get(workspaceId);
		if (run?.begunAtMs !== begunAtMs) return false;
		if (run.finishedAtMs !== null) return true;
		await db.runs.put({ ...run, finishedAtMs });
		const kept = await db.completions.get(scenarioId);
		// another tab may have read a hint or given an answer since
		const { hints, solutionShown } = run;
		const now = { ...completion, hints, mistakes: mistakesOf(run), credit: !solutionShown };
		if (isBetter(known, now, kept)) await db.completions.put(now);
		return true;
	});
}

/** Stores the proved runs of a file. Runs finished in this browser stay unchanged. */
export async function keepReplayed(db: LearnDatabase, runs: readonly Replayable[]): Promise<void> {
	await db.transaction('rw', [db.replayed], () => db.replayed.bulkPut(runs.map(replayableOf)));
}

/**
 * Records the result of the open case of an exam and ends its run.
 *
 * @param goals which goals are met; the answers are read from the run
 * @returns whether it was the open case
 */
export async function keepExamResult(
	db: LearnDatabase,
	{ workspaceId, begunAtMs, scenario }: Pick<RunRow, 'workspaceId' | 'begunAtMs' | 'scenario'>,
	goals: readonly GoalState[],
	systemNowMs: EpochMs
): Promise<boolean> {
	return db.transaction('rw', [db.runs, db.exams], async () => {
		const [run, exam] = await Promise.all([db.runs.get(workspaceId), db.exams.get(0)]);
		if (run?.begunAtMs !== begunAtMs) return false;
		await db.runs.delete(workspaceId);
		if (exam?.scenarioIds[exam.results.length] !== scenario.id) return false;
		const results = [...exam.results, resultOf(run, goals)];
		const isLast = results.length >= exam.scenarioIds.length;
		// the system clock may have gone back since
		const finishedAtMs = isLast ? Math.max(systemNowMs, exam.begunAtMs) : null;
		await db.exams.put({ ...exam, results, finishedAtMs });
		return true;
	});
}

/** Starts a new exam and deletes the previous one. */
export async function startExam(db: LearnDatabase, exam: Exam): Promise<void> {
	await db.exams.put({ ...exam, id: 0 });
}

/** More than an author keeps in one browser; each can be exported. */
export const MOST_OWN_SCENARIOS = 100;

/** @returns whether it was kept: there may be too many others */
export function keepOwn(db: LearnDatabase, scenario: Scenario): Promise<boolean> {
	return db.transaction('rw', [db.own], async () => {
		const others = await db.own.where('id').notEqual(scenario.id).count();
		if (others >= MOST_OWN_SCENARIOS) return false;
		await db.own.put(scenario);
		return true;
	});
}

export async function removeOwn(db: LearnDatabase, scenarioId: string): Promise<void> {
	await db.own.delete(scenarioId);
}
