/** What the learner has done with scenarios: a database beside both parties', the same one for every workspace. */
import type { Dexie, DexieOptions, EntityTable } from 'dexie';
import type { Scenario } from '../scenario/format';
import type { Handles } from '../scenario/handles';
import type { StartOfRun } from './facts';
import type { Completion, Exam, ExamResult, Run } from './learn';

export interface RunRow extends Omit<Run, 'names' | 'keyIds'>, Omit<StartOfRun, 'answers'> {
	readonly workspaceId: string;
	/** What names stand for after the actions of the solution that were shown; null: none was. */
	readonly played: Handles | null;
}

interface ExamRow extends Exam {
	readonly id: 0;
	/** By scenario: the first answers count, also when a case is left and begun again. */
	readonly answers?: Readonly<Record<string, Run['answers']>>;
}

/** What a run alone needs. */
export type RunDatabase = Dexie & {
	readonly runs: EntityTable<RunRow, 'workspaceId'>;
};

export type LearnDatabase = RunDatabase & {
	readonly completions: EntityTable<Completion, 'scenarioId'>;
	readonly exams: EntityTable<ExamRow, 'id'>;
	readonly own: EntityTable<Scenario, 'id'>;
};

export async function openLearnDatabase(options: DexieOptions): Promise<LearnDatabase> {
	const { Dexie } = await import('dexie');
	const db = new Dexie('learn', options) as LearnDatabase;
	db.version(1).stores({ runs: 'workspaceId', completions: 'scenarioId', exams: 'id', own: 'id' });
	await db.open();
	return db;
}

/** What was done without the solution stays, then what took fewer hints, then fewer mistakes. */
function isBetter(completion: Completion, kept: Completion | undefined): boolean {
	if (!kept) return true;
	if (completion.credit !== kept.credit) return completion.credit;
	// a run of another text of the scenario proves nothing any more
	if (completion.scenarioSha256 !== kept.scenarioSha256) return true;
	return completion.hints === kept.hints
		? completion.mistakes < kept.mistakes
		: completion.hints < kept.hints;
}

export async function keepFinished(
	db: LearnDatabase,
	workspaceId: string,
	completion: Completion
): Promise<void> {
	const { scenarioId, finishedAtMs } = completion;
	await db.transaction('rw', [db.runs, db.completions], async () => {
		await db.runs.update(workspaceId, { finishedAtMs });
		const kept = await db.completions.get(scenarioId);
		if (isBetter(completion, kept)) await db.completions.put(completion);
	});
}

export async function keepCompletions(
	db: LearnDatabase,
	completions: readonly Completion[]
): Promise<void> {
	await db.transaction('rw', [db.completions], async () => {
		const kept = await db.completions.bulkGet(completions.map(({ scenarioId }) => scenarioId));
		await db.completions.bulkPut(
			completions.filter((completion, index) => isBetter(completion, kept[index]))
		);
	});
}

export async function keepExamAnswers(
	db: LearnDatabase,
	scenarioId: string,
	answers: Run['answers']
): Promise<void> {
	await db.exams.where({ id: 0 }).modify((row, ref) => {
		ref.value = { ...row, answers: { ...row.answers, [scenarioId]: answers } };
	});
}

/** Writes a result of the exam down and ends the run. */
export async function keepExamResult(
	db: LearnDatabase,
	workspaceId: string,
	result: ExamResult,
	systemNowMs: number
): Promise<void> {
	await db.transaction('rw', [db.runs, db.exams], async () => {
		await db.runs.delete(workspaceId);
		const exam = await db.exams.get(0);
		if (!exam) return;
		const results = [...exam.results, result];
		const isLast = results.length >= exam.scenarioIds.length;
		await db.exams.put({ ...exam, results, finishedAtMs: isLast ? systemNowMs : null });
	});
}
