/** One run of a scenario, from its start state on. The caller decides what happens with a finished run. */
import { orStorageFull, required } from '../domain/storage-full';
import type { EpochMs } from '../domain/time';
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
	/** Identifies the run. A workspace has one run at a time. */
	readonly workspaceId: string;
}

export interface Play extends Pick<Learn, 'answer' | 'takeHint' | 'showSolution' | 'performNext'> {
	/** Resets service and customer to the start state, and opens the run. Discards the run before. @throws if the disk is full */
	begin(run: Pick<RunRow, 'scenario' | 'seed' | 'exam'>): Promise<void>;
	/** @returns undefined: another run is open, or none */
	readonly runOf: (reference: RunReference) => Promise<RunRow | undefined>;
	readonly goalsOf: (run: RunRow) => Promise<GoalState[]>;
}

export function createPlay(deps: PlayDeps): Play {
	const { db, workspaceId, store, tray, systemNowMs } = deps;

	async function runOf({ begunAtMs }: RunReference): Promise<RunRow | undefined> {
		const run = await db.runs.get(workspaceId);
		return run?.begunAtMs === begunAtMs ? run : undefined;
	}

	/** Builds the start state from an empty workspace. If the page is closed during this, there is no run afterwards. */
	async function stage(run: Pick<RunRow, 'scenario' | 'seed' | 'exam'>): Promise<RunRow> {
		const { scenario, seed, exam } = run;
		await forgetRun(db, workspaceId);
		await emptyWhole(store.db);
		await tray.clear();
		const start = await setStage(deps, scenario, seed);
		if (exam) required(await deps.sandbox.changeSettings({ diagnosis: 'hidden' }));
		await forgetUndo(store.db, systemNowMs());
		return {
			...{ workspaceId, scenario, seed, exam, ...start },
			...{ answers: {}, hints: 0, solutionShown: false, played: null },
			begunAtMs: systemNowMs(),
			finishedAtMs: null
		};
	}

	async function answer(
		{ begunAtMs }: RunReference,
		{ questionId, choice, tryNumber }: AnswerRequest
	) {
		const run = await runOf({ begunAtMs });
		if (!run) return OUT_OF_DATE;
		const { scenario, seed, answers } = run;
		const question = scenario.questions.find(({ id }) => id === questionId);
		if (!question) throw new Error(`no question ${questionId}`);
		// before the transaction, because predicting runs the engine
		const right =
			named(answers, questionId)?.right ?? (await rightChoice(scenario, question, seed));
		const answered = { choice, right, tries: tryNumber };
		return (await keepAnswer(db, workspaceId, begunAtMs, questionId, answered))
			? ({ ok: true, right } as const)
			: ({ ok: false, problem: 'NotTheNextTry' } as const);
	}

	/** @returns whether this action is the next one of the solution, and no other call performs it */
	const claim = (begunAtMs: EpochMs, index: number): Promise<boolean> =>
		changeRun(db, workspaceId, (row) => {
			const { playedActions = 0, performedActions = playedActions } = row;
			const isNext = playedActions === index && performedActions === index;
			const isThere = index < row.scenario.solution.length;
			return row.begunAtMs === begunAtMs && row.solutionShown && isNext && isThere
				? { ...row, playedActions: index + 1, performedActions: index }
				: undefined;
		});

	return {
		begin: async (run) => {
			await startRun(db, await stage(run));
		},
		runOf,

		goalsOf: async (run) => {
			const facts = await readFacts(store.db, tray, { ...run, answers: rightAnswers(run) });
			return evaluateGoals(run.scenario, facts, await nowOf(deps));
		},

		...orStorageFull({
			answer,

			async takeHint({ begunAtMs }: RunReference, number: number) {
				const isRead = await changeRun(db, workspaceId, (run) =>
					run.begunAtMs === begunAtMs &&
					!run.exam &&
					run.hints + 1 === number &&
					number <= run.scenario.hints.length
						? { ...run, hints: number }
						: undefined
				);
				return isRead ? DONE : OUT_OF_DATE;
			},

			async showSolution({ begunAtMs }: RunReference) {
				const run = await runOf({ begunAtMs });
				if (!run) return OUT_OF_DATE;
				if (run.exam) throw new Error('an exam shows no solution');
				const { hints } = run;
				await startRun(db, { ...(await stage(run)), hints, begunAtMs, solutionShown: true });
				return DONE;
			},

			async performNext({ begunAtMs }: RunReference, index: number) {
				if (!(await claim(begunAtMs, index))) return OUT_OF_DATE;
				// read after the claim: by then the action before is stored
				const run = await runOf({ begunAtMs });
				const action = run?.scenario.solution[index];
				if (!action) return OUT_OF_DATE;
				const { seed, handles, played } = run;
				if (action.do === 'Answer') {
					const { question: questionId, choice } = action;
					const tryNumber = triesOf(run, questionId) + 1;
					await answer({ begunAtMs }, { questionId, choice, tryNumber });
				}
				const parties = seededParties(deps, seed, `solution ${String(index)}`);
				const { handles: next } = await perform(parties, action, played ?? handles);
				await changeRun(db, workspaceId, (row) =>
					row.begunAtMs === begunAtMs
						? { ...row, played: next, performedActions: index + 1 }
						: undefined
				);
				const key = 'key' in action ? named(next.keys, action.key) : undefined;
				return { ok: true, keyId: key ?? null } as const;
			}
		})
	};
}
