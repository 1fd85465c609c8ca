/** What the learner has done with scenarios: a database beside both parties', the same one for every workspace. */
import type { Dexie, DexieOptions, EntityTable } from 'dexie';
import type { Scenario } from '../scenario/format';
import type { Handles } from '../scenario/handles';
import type { StartOfRun } from './facts';
import type { Completion, Exam, Run } from './learn';

export interface RunRow extends Omit<Run, 'names' | 'keyIds'>, Omit<StartOfRun, 'answers'> {
	readonly workspaceId: string;
	/** What names stand for after the actions of the solution that were shown; null: none was. */
	readonly played: Handles | null;
}

export type LearnDatabase = Dexie & {
	readonly runs: EntityTable<RunRow, 'workspaceId'>;
	readonly completions: EntityTable<Completion, 'scenarioId'>;
	readonly exams: EntityTable<Exam & { readonly id: 0 }, 'id'>;
	readonly own: EntityTable<Scenario, 'id'>;
};

export async function openLearnDatabase(options: DexieOptions): Promise<LearnDatabase> {
	const { Dexie } = await import('dexie');
	const db = new Dexie('learn', options) as LearnDatabase;
	db.version(1).stores({ runs: 'workspaceId', completions: 'scenarioId', exams: 'id', own: 'id' });
	await db.open();
	return db;
}
