/** Runs of scenarios in the workspace of this worker, and what was finished in any. */
import { LEARN_WORKSPACE_ID } from '../domain/sandbox';
import { unlessStorageFull } from '../domain/storage-full';
import { checkScenario } from '../scenario/read-scenario';
import { leaveRun } from './change-run';
import { completionOf } from './completion';
import { draftScenario } from './draft';
import type { Exam, Learn } from './learn';
import {
	keepExamResult,
	keepFinished,
	keepOwn,
	keepReplayed,
	removeOwn,
	startExam,
	type LearnDatabase
} from './learn-database';
import { createPlay } from './play';
import { progressToFile } from './progress-file';
import { nowOf, type Backstage } from './stage';
import { verifyFile } from './verify';

export interface LearnDeps extends Backstage {
	readonly db: LearnDatabase;
	readonly workspaceId: string;
}

export function createLearn(deps: LearnDeps): Learn {
	const { db, workspaceId, store, tray, systemNowMs } = deps;
	const isOwnPlace = workspaceId === LEARN_WORKSPACE_ID || store.mode === 'memory';

	const play = createPlay(deps);
	const { openRun, goalsOf, answer, takeHint, showSolution, performNext } = play;

	return {
		async begin(given, seed, exam) {
			if (!isOwnPlace) throw new Error('scenarios are played in a workspace of their own');
			const answer = checkScenario(given);
			if (!answer.ok) throw new Error(`no scenario: ${JSON.stringify(answer.problem)}`);
			await play.begin({ scenario: answer.scenario, seed, exam });
		},

		...{ answer, takeHint, showSolution, performNext },

		async finish() {
			const run = await openRun();
			if (run.finishedAtMs !== null) return true;
			const goals = await goalsOf(run);
			if (goals.some(({ missing }) => missing !== null)) return false;
			const finishedAtMs = systemNowMs();
			const completion = await completionOf(run, finishedAtMs, await nowOf(deps), store.db, tray);
			await keepFinished(db, run, completion);
			return true;
		},

		leave: () => leaveRun(db, workspaceId),

		async beginExam(scenarioIds, seed) {
			const exam: Exam = {
				...{ seed, scenarioIds, results: [] },
				begunAtMs: systemNowMs(),
				finishedAtMs: null
			};
			await startExam(db, exam);
		},

		async closeExamRun(scenarioId) {
			const run = await openRun();
			if (!run.exam || run.scenario.id !== scenarioId) return;
			await keepExamResult(db, run, await goalsOf(run), systemNowMs());
		},

		async keepOwn(given) {
			const answer = checkScenario(given);
			if (!answer.ok) throw new Error(`no scenario: ${JSON.stringify(answer.problem)}`);
			await keepOwn(db, answer.scenario);
		},
		removeOwn: (scenarioId) => removeOwn(db, scenarioId),

		async exportProgress() {
			const [completions, replayed, exams] = await Promise.all([
				db.completions.toArray(),
				db.replayed.toArray(),
				db.exams.toArray()
			]);
			const [row] = exams;
			return progressToFile({ completions, replayed, exam: row ? withoutId(row) : null });
		},

		verifyProgress: (file, scenarios, work) => verifyFile(file, scenarios, deps.keyPairs, work),

		async keepVerified(file, scenarios, work) {
			const answer = await verifyFile(file, scenarios, deps.keyPairs, work);
			if (!answer.ok) return answer;
			const proved = answer.verified
				.filter(({ verdict }) => verdict === 'proved')
				.map(({ completion }) => completion);
			return unlessStorageFull(async () => {
				await keepReplayed(db, proved);
				return answer;
			});
		},

		draft: (afterSequence) => draftScenario(store.db, afterSequence)
	};
}

function withoutId({ seed, scenarioIds, results, begunAtMs, finishedAtMs: atMs }: Exam): Exam {
	// earlier versions kept the end by a system clock that had gone back meanwhile
	const finishedAtMs = atMs === null ? null : Math.max(atMs, begunAtMs);
	return { seed, scenarioIds, results, begunAtMs, finishedAtMs };
}
