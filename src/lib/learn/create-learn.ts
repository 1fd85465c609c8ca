/** Runs of scenarios in the workspace of this worker, and what was finished in any. */
import { LEARN_WORKSPACE_ID } from '../domain/sandbox';
import { evaluateGoals, type GoalState } from '../scenario/goals';
import type { Scenario } from '../scenario/format';
import { named } from '../scenario/handles';
import { perform } from '../scenario/perform';
import { checkScenario } from '../scenario/read-scenario';
import { emptyWhole } from '../storage/whole';
import { completionOf } from './completion';
import { draftScenario } from './draft';
import { resultOf } from './exam';
import { readFacts } from './facts';
import type { Exam, Learn, ProgressAnswer } from './learn';
import {
	keepCompletions,
	keepExamAnswers,
	keepExamResult,
	keepFinished,
	type LearnDatabase,
	type RunRow
} from './learn-database';
import { rightChoice } from './predict';
import { fileToProgress, progressToFile } from './progress-file';
import { replay } from './replay';
import { rightAnswers } from './run-view';
import { nowOf, seededParties, setStage, type Backstage } from './stage';

export interface LearnDeps extends Backstage {
	readonly db: LearnDatabase;
	readonly workspaceId: string;
}

export function createLearn(deps: LearnDeps): Learn {
	const { db, workspaceId, store, tray, systemNowMs } = deps;
	const isOwnPlace = workspaceId === LEARN_WORKSPACE_ID || store.mode === 'memory';

	async function openRun(): Promise<RunRow> {
		const run = await db.runs.get(workspaceId);
		if (!run) throw new Error('no scenario is being played in this workspace');
		return run;
	}

	/** The start state, from an empty workspace. Whoever closes the page meanwhile finds no run. */
	async function stage(run: Pick<RunRow, 'scenario' | 'seed' | 'exam'>): Promise<RunRow> {
		const { scenario, seed, exam } = run;
		await db.runs.delete(workspaceId);
		await emptyWhole(store.db);
		await tray.clear();
		const start = await setStage(deps, scenario, seed);
		const given = exam ? (await db.exams.get(0))?.answers?.[scenario.id] : undefined;
		if (exam) await deps.sandbox.changeSettings({ diagnosis: 'hidden' });
		await store.db.undo.clear();
		return {
			...{ workspaceId, scenario, seed, exam, ...start },
			...{ answers: given ?? {}, hints: 0, solutionShown: false, played: null },
			begunAtMs: systemNowMs(),
			finishedAtMs: null
		};
	}

	async function answer(questionId: string, choice: string): Promise<string> {
		const run = await openRun();
		const { scenario, seed, answers } = run;
		const question = scenario.questions.find(({ id }) => id === questionId);
		if (!question) throw new Error(`no question ${questionId}`);
		const right =
			named(answers, questionId)?.right ?? (await rightChoice(scenario, question, seed));
		const tries = (named(answers, questionId)?.tries ?? 0) + 1;
		const answered = { choice, right, tries };
		await db.runs.where({ workspaceId }).modify((row, ref) => {
			ref.value = { ...row, answers: { ...row.answers, [questionId]: answered } };
		});
		if (run.exam) await keepExamAnswers(db, scenario.id, { ...answers, [questionId]: answered });
		return right;
	}

	async function goalsOf(run: RunRow): Promise<GoalState[]> {
		const facts = await readFacts(store.db, tray, { ...run, answers: rightAnswers(run) });
		return evaluateGoals(run.scenario, facts, await nowOf(deps));
	}

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
			await db.runs.put(await stage({ scenario: answer.scenario, seed, exam }));
		},

		answer,

		async takeHint() {
			await db.runs.where({ workspaceId }).modify((row, ref) => {
				ref.value = { ...row, hints: Math.min(row.hints + 1, row.scenario.hints.length) };
			});
		},

		async showSolution() {
			const run = await openRun();
			const { hints, begunAtMs } = run;
			await db.runs.put({ ...(await stage(run)), hints, begunAtMs, solutionShown: true });
		},

		async performNext(index) {
			const run = await openRun();
			const { scenario, seed, handles, played } = run;
			const action = scenario.solution[index];
			if (!action || !run.solutionShown) return null;
			const parties = seededParties(deps, seed, `solution ${String(index)}`);
			if (action.do === 'Answer') await answer(action.question, action.choice);
			const performed = await perform(parties, action, played ?? handles);
			await db.runs.update(workspaceId, { played: performed.handles });
			const key = 'key' in action ? named(performed.handles.keys, action.key) : undefined;
			return { keyId: key ?? null };
		},

		async finish() {
			const run = await openRun();
			if (run.finishedAtMs !== null) return true;
			const goals = await goalsOf(run);
			if (goals.some(({ missing }) => missing !== null)) return false;
			const finishedAtMs = systemNowMs();
			const completion = await completionOf(run, finishedAtMs, await nowOf(deps), store.db, tray);
			await keepFinished(db, workspaceId, completion);
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

		async closeExamRun() {
			const run = await openRun();
			if (!run.exam) return;
			const result = resultOf(run, await goalsOf(run));
			await keepExamResult(db, workspaceId, result, systemNowMs());
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
