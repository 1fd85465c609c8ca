/** Runs of scenarios in the workspace of this worker, and what was finished in any. */
import { LEARN_WORKSPACE_ID } from '../domain/sandbox';
import type { Scenario } from '../scenario/format';
import { checkScenario } from '../scenario/read-scenario';
import { completionOf } from './completion';
import { draftScenario } from './draft';
import type { Exam, Learn, ProgressAnswer } from './learn';
import {
	keepCompletions,
	keepExamResult,
	keepFinished,
	type LearnDatabase
} from './learn-database';
import { createPlay } from './play';
import { fileToProgress, progressToFile } from './progress-file';
import { replay } from './replay';
import { nowOf, type Backstage } from './stage';

export interface LearnDeps extends Backstage {
	readonly db: LearnDatabase;
	readonly workspaceId: string;
}

export function createLearn(deps: LearnDeps): Learn {
	const { db, workspaceId, store, tray, systemNowMs } = deps;
	const isOwnPlace = workspaceId === LEARN_WORKSPACE_ID || store.mode === 'memory';

	const play = createPlay(deps);
	const { openRun, goalsOf, answer, takeHint, showSolution, performNext } = play;

	async function verify(
		file: Parameters<Learn['verifyProgress']>[0],
		scenarios: readonly Scenario[]
	): Promise<ProgressAnswer> {
		const contents = fileToProgress(file);
		if (!contents) return { ok: false, problem: 'NotProgress' };
		const verified = [];
		for (const completion of contents.completions) {
			const scenario = scenarios.find(({ id }) => id === completion.scenarioId);
			const verdict = await replay(completion, scenario, deps.keyPairs);
			verified.push({ completion, verdict });
		}
		return { ok: true, verified, exam: contents.exam };
	}

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

		leave: () => db.runs.delete(workspaceId),

		async beginExam(scenarioIds, seed) {
			const exam: Exam = {
				...{ seed, scenarioIds, results: [] },
				begunAtMs: systemNowMs(),
				finishedAtMs: null
			};
			await db.exams.put({ ...exam, id: 0 });
		},

		async closeExamRun(scenarioId) {
			const run = await openRun();
			if (!run.exam || run.scenario.id !== scenarioId) return;
			await keepExamResult(db, run, await goalsOf(run), systemNowMs());
		},

		async keepOwn(given) {
			const answer = checkScenario(given);
			if (!answer.ok) throw new Error(`no scenario: ${JSON.stringify(answer.problem)}`);
			await db.own.put(answer.scenario);
		},
		removeOwn: (scenarioId) => db.own.delete(scenarioId),

		async exportProgress() {
			const [completions, exams] = await Promise.all([
				db.completions.toArray(),
				db.exams.toArray()
			]);
			const [row] = exams;
			return progressToFile({ completions, exam: row ? withoutId(row) : null });
		},

		verifyProgress: verify,

		async keepVerified(file, scenarios) {
			const answer = await verify(file, scenarios);
			if (!answer.ok) return answer;
			const proved = answer.verified
				.filter(({ verdict }) => verdict === 'proved')
				.map(({ completion }) => completion);
			await keepCompletions(db, proved);
			return answer;
		},

		draft: (afterSequence) => draftScenario(store.db, afterSequence)
	};
}

function withoutId({ seed, scenarioIds, results, begunAtMs, finishedAtMs }: Exam): Exam {
	return { seed, scenarioIds, results, begunAtMs, finishedAtMs };
}
