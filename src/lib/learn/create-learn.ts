/** Runs of scenarios in this worker's workspace, and the finished runs of all workspaces. */
import type { Bytes } from '../domain/bytes';
import { LEARN_WORKSPACE_ID } from '../domain/sandbox';
import { orStorageFull } from '../domain/storage-full';
import type { Scenario } from '../scenario/format';
import { checkScenario } from '../scenario/read-scenario';
import { leaveRun } from './change-run';
import { completionOf } from './completion';
import { draftScenario } from './draft';
import {
	DONE,
	NOT_REACHED,
	OUT_OF_DATE,
	TOO_MANY_OWN,
	type Exam,
	type Learn,
	type RunReference
} from './learn';
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
	const { runOf, goalsOf, answer, takeHint, showSolution, performNext } = play;

	return {
		...{ answer, takeHint, showSolution, performNext },

		...orStorageFull({
			async begin(given: Scenario, seed: number, exam: boolean) {
				if (!isOwnPlace) throw new Error('scenarios are played in a workspace of their own');
				await play.begin({ scenario: checked(given), seed, exam });
				return DONE;
			},

			async finish(reference: RunReference) {
				const run = await runOf(reference);
				if (!run) return OUT_OF_DATE;
				if (run.finishedAtMs !== null) return DONE;
				const goals = await goalsOf(run);
				if (goals.some(({ missing }) => missing !== null)) return NOT_REACHED;
				const now = await nowOf(deps);
				const completion = await completionOf(run, systemNowMs(), now, store.db, tray);
				return (await keepFinished(db, run, completion)) ? DONE : OUT_OF_DATE;
			},

			leave: async (run: RunReference) =>
				(await leaveRun(db, workspaceId, run)) ? DONE : OUT_OF_DATE,

			async beginExam(scenarioIds: readonly string[], seed: number) {
				const exam: Exam = {
					...{ seed, scenarioIds, results: [] },
					begunAtMs: systemNowMs(),
					finishedAtMs: null
				};
				await startExam(db, exam);
				return DONE;
			},

			async closeExamRun(scenarioId: string) {
				const run = await db.runs.get(workspaceId);
				if (!run?.exam || run.scenario.id !== scenarioId) return OUT_OF_DATE;
				return (await keepExamResult(db, run, await goalsOf(run), systemNowMs()))
					? DONE
					: OUT_OF_DATE;
			},

			async keepOwn(given: Scenario) {
				return (await keepOwn(db, checked(given))) ? DONE : TOO_MANY_OWN;
			},

			async removeOwn(scenarioId: string) {
				await removeOwn(db, scenarioId);
				return DONE;
			},

			async keepVerified(file: Bytes, scenarios: readonly Scenario[], work?: MessagePort) {
				const answer = await verifyFile(file, scenarios, deps.keyPairs, work);
				if (!answer.ok) return answer;
				const proved = answer.verified
					.filter(({ verdict }) => verdict === 'proved')
					.map(({ completion }) => completion);
				await keepReplayed(db, proved);
				return answer;
			}
		}),

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

		draft: (afterSequence) => draftScenario(store.db, afterSequence)
	};
}

/** The page has read it already, so this is a defect of the page. */
function checked(given: Scenario): Scenario {
	const answer = checkScenario(given);
	if (!answer.ok) throw new Error(`no scenario: ${JSON.stringify(answer.problem)}`);
	return answer.scenario;
}

function withoutId({ seed, scenarioIds, results, begunAtMs, finishedAtMs: atMs }: Exam): Exam {
	// earlier versions could store an end before the beginning, if the system clock had gone back
	const finishedAtMs = atMs === null ? null : Math.max(atMs, begunAtMs);
	return { seed, scenarioIds, results, begunAtMs, finishedAtMs };
}
