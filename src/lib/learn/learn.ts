/** Runs of scenarios as the page sees them. */
import type { Bytes } from '../domain/bytes';
import type { SandboxSettings } from '../domain/settings';
import type { StorageFull } from '../domain/storage-full';
import type { EpochMs } from '../domain/time';
import type { Action, Scenario } from '../scenario/format';
import type { Facts } from '../scenario/goals';

export interface Answered {
	readonly choice: string;
	/** What the engine makes of it. */
	readonly right: string;
	readonly tries: number;
}

export interface Run {
	readonly scenario: Scenario;
	readonly seed: number;
	/** No hint, no solution, no diagnosis. */
	readonly exam: boolean;
	/** System time; the facts have the sandbox time. */
	readonly begunAtMs: EpochMs;
	/** null: not yet. */
	readonly finishedAtMs: EpochMs | null;
	/** How many hints were read. */
	readonly hints: number;
	/** A run gives no credit after its solution was shown. */
	readonly solutionShown: boolean;
	readonly answers: Readonly<Record<string, Answered>>;
	/** The values of `{…}` in the scenario's texts. */
	readonly names: Readonly<Record<string, string>>;
	readonly keyIds: Readonly<Record<string, string>>;
}

/** Which run a command is about. Another tab may have begun another one since the page last looked. */
export type RunReference = Pick<Run, 'begunAtMs'>;

export interface RunView {
	readonly run: Run;
	readonly facts: Facts;
}

/** The data that a replay of a finished run needs. Of a run from a file, only this is stored. */
export interface Replayable {
	readonly scenarioId: string;
	readonly kind: Scenario['kind'];
	/** SHA-256 of the scenario, 64 hexadecimal characters: a later version may have other goals. */
	readonly scenarioSha256: string;
	readonly seed: number;
	readonly actions: readonly Action[];
	/** The customer's files at the end, as far as goals check them. Not in the log, so not verified. */
	readonly files: readonly { readonly name: string; readonly lengthBytes: number }[];
	/** The settings at the end, if they differ from the scenario's. Not in the log either. */
	readonly settings?: Pick<SandboxSettings, 'reimport' | 'removal'>;
}

/** How a run was finished. A replay can't show this: only the browser of the run knows it, and a file only claims it. */
export interface HowFinished {
	readonly credit: boolean;
	readonly hints: number;
	/** Wrong answers before the right ones. */
	readonly mistakes: number;
	/** System time. */
	readonly begunAtMs: EpochMs;
	readonly finishedAtMs: EpochMs;
}

/** A scenario that was finished in this browser. */
export interface Completion extends Replayable, HowFinished {}

export interface ExamResult {
	readonly scenarioId: string;
	readonly cause: boolean;
	readonly mended: boolean;
}

export interface Exam {
	readonly seed: number;
	readonly scenarioIds: readonly string[];
	readonly results: readonly ExamResult[];
	readonly begunAtMs: EpochMs;
	readonly finishedAtMs: EpochMs | null;
}

/** All finished runs, the latest exam, and the trainee's own scenarios. */
export interface Progress {
	/** Finished in this browser. */
	readonly completions: readonly Completion[];
	/** Runs from files that reached their goals in a replay in this browser. They don't count. */
	readonly replayed: readonly Replayable[];
	readonly exam: Exam | null;
	readonly own: readonly Scenario[];
	/** The unfinished run in the workspace of scenarios. */
	readonly open: Pick<Run, 'scenario'> | null;
}

export type Verdict =
	/** Replayed: the goals are reached. */
	| 'proved'
	/** Replayed: the goals are not reached, or the engine returns something else. */
	| 'disproved'
	/** Recorded with another version of this scenario, or with a scenario that this browser doesn't have. */
	| 'otherScenario';

export interface Verified {
	readonly completion: Replayable;
	/** The unchecked claims of the file. null: the file itself lists this run as from another file. */
	readonly claimed: HowFinished | null;
	readonly verdict: Verdict;
}

type ProgressProblem =
	/** Too large, not JSON, or of another shape. */
	| 'NotProgress'
	/** The exam's results are impossible. */
	| 'ImpossibleExam'
	/** Replaying the file would take more work than any course. */
	| 'TooMuchWork'
	/** Stopped on request, before anything was stored. */
	| 'Stopped';

export type ProgressAnswer =
	| { readonly ok: true; readonly verified: readonly Verified[]; readonly exam: Exam | null }
	| { readonly ok: false; readonly problem: ProgressProblem }
	| StorageFull;

/** The progress of replaying a file, counted in runs. */
export interface ReplayProgress {
	readonly done: number;
	readonly total: number;
}

export interface AnswerRequest {
	readonly questionId: string;
	readonly choice: string;
	/** Number of this try at the question, 1 for the first. */
	readonly tryNumber: number;
}

/** Done, with what came of it; or nothing was done. */
type Answer<Value, Problem extends string = never> =
	| (Value & { readonly ok: true })
	| ([Problem] extends [never] ? never : { readonly ok: false; readonly problem: Problem })
	| StorageFull;
type Done<Problem extends string = never> = Answer<unknown, Problem>;

/** The run has gone on since, or is over: probably in another tab. */
type OutOfDate = 'OutOfDate';

/** `right`: the choice that is. `NotTheNextTry`: that try was used, probably in another tab. */
type AnswerResult = Answer<{ readonly right: string }, OutOfDate | 'NotTheNextTry'>;

export const DONE = { ok: true } as const;
export const OUT_OF_DATE = { ok: false, problem: 'OutOfDate' } as const;
export const NOT_REACHED = { ok: false, problem: 'NotReached' } as const;
export const TOO_MANY_OWN = { ok: false, problem: 'TooManyOwn' } as const;

export interface Learn {
	/** Resets the workspace, brings it to the start state, and opens a run. Discards the run before. */
	begin(scenario: Scenario, seed: number, exam: boolean): Promise<Done>;
	answer(run: RunReference, request: AnswerRequest): Promise<AnswerResult>;
	/** Reads a hint. @param number counted from 1; only the next hint can be read */
	takeHint(run: RunReference, number: number): Promise<Done<OutOfDate>>;
	/** Restarts the run for showing the solution. From then on the run gives no credit. */
	showSolution(run: RunReference): Promise<Done<OutOfDate>>;
	/** Does one action of the solution, each once and in order. @returns the CMK that it is about */
	performNext(
		run: RunReference,
		index: number
	): Promise<Answer<{ readonly keyId: string | null }, OutOfDate>>;
	/** Stores the run if every goal is reached. */
	finish(run: RunReference): Promise<Done<OutOfDate | 'NotReached'>>;
	/** Ends the run; the workspace stays unchanged. */
	leave(run: RunReference): Promise<Done<OutOfDate>>;
	beginExam(scenarioIds: readonly string[], seed: number): Promise<Done>;
	/** Records the result of the case of the exam that is open, and ends its run. */
	closeExamRun(scenarioId: string): Promise<Done<OutOfDate>>;
	keepOwn(scenario: Scenario): Promise<Done<'TooManyOwn'>>;
	removeOwn(scenarioId: string): Promise<Done>;
	exportProgress(): Promise<Bytes>;
	/**
	 * Replays every run in the file.
	 *
	 * @param scenarios the scenarios that the app has
	 * @param work gets a `ReplayProgress` before each run. Any message from the other end stops the work
	 */
	verifyProgress(
		file: Bytes,
		scenarios: readonly Scenario[],
		work?: MessagePort
	): Promise<ProgressAnswer>;
	/** Replays every run in the file, and stores the proved runs as replayed from a file. */
	keepVerified(
		file: Bytes,
		scenarios: readonly Scenario[],
		work?: MessagePort
	): Promise<ProgressAnswer>;
	/** Drafts a scenario from the log: the operations up to a position become the start, the later ones the solution. */
	draft(afterSequence: number): Promise<Scenario>;
}
