/** One run of a scenario, from its start state on. What becomes of it when it is finished is the caller's. */
import { orStorageFull } from '../domain/storage-full';
import { evaluateGoals, type GoalState } from '../scenario/goals';
import { named } from '../scenario/handles';
import { perform } from '../scenario/perform';
import { forgetUndo } from '../storage/controls';
import { emptyWhole } from '../storage/whole';
import { readFacts } from './facts';
import { changeRun, forgetRun, keepAnswer, startRun, triesOf } from './change-run';
import { DONE, OUT_OF_DATE, type AnswerRequest, type Learn, type RunReference } from './learn';
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
	/** Empties both parties, brings them to the start state, and opens the run. The one before is gone. @throws when the disk is full */
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
		await forgetRun(db, workspaceId);
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

	async function answer({ questionId, choice, tryNumber }: AnswerRequest) {
		const run = await openRun();
		const { scenario, seed, answers, begunAtMs } = run;
		const question = scenario.questions.find(({ id }) => id === questionId);
		if (!question) throw new Error(`no question ${questionId}`);
		// worked out before the transaction: it runs the engine
		const right =
			named(answers, questionId)?.right ?? (await rightChoice(scenario, question, seed));
		const answered = { choice, right, tries: tryNumber };
		return (await keepAnswer(db, workspaceId, begunAtMs, questionId, answered))
			? ({ ok: true, right } as const)
			: ({ ok: false, problem: 'NotTheNextTry' } as const);
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

		...orStorageFull({
			answer,

			async takeHint({ begunAtMs }: RunReference, number: number) {
				const isRead = await changeRun(db, workspaceId, (run) =>
					run.begunAtMs === begunAtMs &&
					run.hints + 1 === number &&
					number <= run.scenario.hints.length
						? { ...run, hints: number }
						: undefined
				);
				return isRead ? DONE : OUT_OF_DATE;
			},

			async showSolution({ begunAtMs }: RunReference) {
				const run = await openRun();
				if (run.begunAtMs !== begunAtMs) return OUT_OF_DATE;
				const { hints } = run;
				await startRun(db, { ...(await stage(run)), hints, begunAtMs, solutionShown: true });
				return DONE;
			},

			async performNext({ begunAtMs }: RunReference, index: number) {
				const run = await openRun();
				const { scenario, seed, handles, played } = run;
				const action = scenario.solution[index];
				const isNext = await changeRun(db, workspaceId, (row) =>
					row.begunAtMs === begunAtMs && row.solutionShown && (row.playedActions ?? 0) === index
						? { ...row, playedActions: index + 1 }
						: undefined
				);
				if (!action || !isNext) return OUT_OF_DATE;
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
				return { ok: true, keyId: key ?? null } as const;
			}
		})
	};
}
