/** One run of a scenario, from its start state on. What becomes of it when it is finished is the caller's. */
import { evaluateGoals, type GoalState } from '../scenario/goals';
import { named } from '../scenario/handles';
import { perform } from '../scenario/perform';
import { forgetUndo } from '../storage/controls';
import { emptyWhole } from '../storage/whole';
import { readFacts } from './facts';
import type { Learn, Run } from './learn';
import type { RunDatabase, RunRow } from './learn-database';
import { rightChoice } from './predict';
import { rightAnswers } from './run-view';
import { nowOf, seededParties, setStage, type Backstage } from './stage';

export interface PlayDeps extends Backstage {
	readonly db: RunDatabase;
	/** Names the run: there is one at a time for each workspace. */
	readonly workspaceId: string;
	/** Of an exam, whose first answers count. Absent: there is no such place. */
	readonly examAnswers?: {
		read(scenarioId: string): Promise<Run['answers'] | undefined>;
		keep(scenarioId: string, answers: Run['answers']): Promise<void>;
	};
}

export interface Play extends Pick<Learn, 'answer' | 'takeHint' | 'showSolution' | 'performNext'> {
	/** Empties both parties, brings them to the start state, and opens the run. The one before is gone. */
	begin(run: Pick<RunRow, 'scenario' | 'seed' | 'exam'>): Promise<void>;
	/** @throws when no scenario is being played */
	readonly openRun: () => Promise<RunRow>;
	readonly goalsOf: (run: RunRow) => Promise<GoalState[]>;
}

export function createPlay(deps: PlayDeps): Play {
	const { db, workspaceId, store, tray, systemNowMs, examAnswers } = deps;

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
		const given = exam ? await examAnswers?.read(scenario.id) : undefined;
		if (exam) await deps.sandbox.changeSettings({ diagnosis: 'hidden' });
		await forgetUndo(store.db, systemNowMs());
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
		if (run.exam) await examAnswers?.keep(scenario.id, { ...answers, [questionId]: answered });
		return right;
	}

	return {
		begin: async (run) => {
			await db.runs.put(await stage(run));
		},
		openRun,

		goalsOf: async (run) => {
			const facts = await readFacts(store.db, tray, { ...run, answers: rightAnswers(run) });
			return evaluateGoals(run.scenario, facts, await nowOf(deps));
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
		}
	};
}
