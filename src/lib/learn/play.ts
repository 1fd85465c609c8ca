/** One run of a scenario, from its start state on. What becomes of it when it is finished is the caller's. */
import { unlessStorageFull } from '../domain/storage-full';
import { evaluateGoals, type GoalState } from '../scenario/goals';
import { named } from '../scenario/handles';
import { perform } from '../scenario/perform';
import { forgetUndo } from '../storage/controls';
import { emptyWhole } from '../storage/whole';
import { readFacts } from './facts';
import { changeRun, keepAnswer, leaveRun, startRun, triesOf } from './change-run';
import type { AnswerRequest, AnswerResult, Learn } from './learn';
import type { RunDatabase, RunRow } from './learn-database';
import { rightChoice } from './predict';
import { rightAnswers } from './run-view';
import { nowOf, seededParties, setStage, type Backstage } from './stage';

export interface PlayDeps extends Backstage {
	readonly db: RunDatabase;
	/** Names the run: there is one at a time for each workspace. */
	readonly workspaceId: string;
}

export interface Play extends Pick<Learn, 'answer' | 'takeHint' | 'showSolution' | 'performNext'> {
	/** Empties both parties, brings them to the start state, and opens the run. The one before is gone. */
	begin(run: Pick<RunRow, 'scenario' | 'seed' | 'exam'>): Promise<void>;
	/** @throws when no scenario is being played */
	readonly openRun: () => Promise<RunRow>;
	readonly goalsOf: (run: RunRow) => Promise<GoalState[]>;
}

export function createPlay(deps: PlayDeps): Play {
	const { db, workspaceId, store, tray, systemNowMs } = deps;

	async function openRun(): Promise<RunRow> {
		const run = await db.runs.get(workspaceId);
		if (!run) throw new Error('no scenario is being played in this workspace');
		return run;
	}

	/** The start state, from an empty workspace. Whoever closes the page meanwhile finds no run. */
	async function stage(run: Pick<RunRow, 'scenario' | 'seed' | 'exam'>): Promise<RunRow> {
		const { scenario, seed, exam } = run;
		await leaveRun(db, workspaceId);
		await emptyWhole(store.db);
		await tray.clear();
		const start = await setStage(deps, scenario, seed);
		if (exam) await deps.sandbox.changeSettings({ diagnosis: 'hidden' });
		await forgetUndo(store.db, systemNowMs());
		return {
			...{ workspaceId, scenario, seed, exam, ...start },
			...{ answers: {}, hints: 0, solutionShown: false, played: null },
			begunAtMs: systemNowMs(),
			finishedAtMs: null
		};
	}

	async function answer({ questionId, choice, tryNumber }: AnswerRequest): Promise<AnswerResult> {
		const run = await openRun();
		const { scenario, seed, answers, begunAtMs } = run;
		const question = scenario.questions.find(({ id }) => id === questionId);
		if (!question) throw new Error(`no question ${questionId}`);
		// worked out before the transaction: it runs the engine
		const right =
			named(answers, questionId)?.right ?? (await rightChoice(scenario, question, seed));
		const answered = { choice, right, tries: tryNumber };
		return unlessStorageFull(async () =>
			(await keepAnswer(db, workspaceId, begunAtMs, questionId, answered))
				? { ok: true, right }
				: { ok: false, problem: 'NotTheNextTry' }
		);
	}

	return {
		begin: async (run) => {
			await startRun(db, await stage(run));
		},
		openRun,

		goalsOf: async (run) => {
			const facts = await readFacts(store.db, tray, { ...run, answers: rightAnswers(run) });
			return evaluateGoals(run.scenario, facts, await nowOf(deps));
		},

		answer,

		async takeHint(number) {
			await changeRun(db, workspaceId, (run) =>
				run.hints + 1 === number && number <= run.scenario.hints.length
					? { ...run, hints: number }
					: undefined
			);
		},

		async showSolution() {
			const run = await openRun();
			const { hints, begunAtMs } = run;
			await startRun(db, { ...(await stage(run)), hints, begunAtMs, solutionShown: true });
		},

		async performNext(index) {
			const run = await openRun();
			const { scenario, seed, handles, played, begunAtMs } = run;
			const action = scenario.solution[index];
			const isNext = await changeRun(db, workspaceId, (row) =>
				row.begunAtMs === begunAtMs && row.solutionShown && (row.playedActions ?? 0) === index
					? { ...row, playedActions: index + 1 }
					: undefined
			);
			if (!action || !isNext) return null;
			const parties = seededParties(deps, seed, `solution ${String(index)}`);
			if (action.do === 'Answer') {
				const { question: questionId, choice } = action;
				await answer({ questionId, choice, tryNumber: triesOf(run, questionId) + 1 });
			}
			const performed = await perform(parties, action, played ?? handles);
			await changeRun(db, workspaceId, (row) =>
				row.begunAtMs === begunAtMs ? { ...row, played: performed.handles } : undefined
			);
			const key = 'key' in action ? named(performed.handles.keys, action.key) : undefined;
			return { keyId: key ?? null };
		}
	};
}
