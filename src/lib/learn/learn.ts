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
	/** By the system's clock; the sandbox clock is in the facts. */
	readonly begunAtMs: EpochMs;
	/** null: not yet. */
	readonly finishedAtMs: EpochMs | null;
	/** How many were read. */
	readonly hints: number;
	/** A run whose solution was shown gives no credit. */
	readonly solutionShown: boolean;
	readonly answers: Readonly<Record<string, Answered>>;
	/** What `{…}` stands for in its texts. */
	readonly names: Readonly<Record<string, string>>;
	readonly keyIds: Readonly<Record<string, string>>;
}

/** Which run a command is about. Another tab may have begun another one since the page last looked. */
export type RunReference = Pick<Run, 'begunAtMs'>;

export interface RunView {
	readonly run: Run;
	readonly facts: Facts;
}

/** What it takes to see a finished run happen again. Of a run that came in a file nothing else is kept. */
export interface Replayable {
	readonly scenarioId: string;
	readonly kind: Scenario['kind'];
	/** SHA-256 of the scenario, 64 hexadecimal digits: a later text may ask for something else. */
	readonly scenarioSha256: string;
	readonly seed: number;
	readonly actions: readonly Action[];
	/** The tray at the end, as far as goals look at it. No log has it, so it is taken as told. */
	readonly files: readonly { readonly name: string; readonly lengthBytes: number }[];
	/** Those at the end, where they are not the scenario's: no log has them either. */
	readonly settings?: Pick<SandboxSettings, 'reimport' | 'removal'>;
}

/** How a run was finished. No replay shows it: it is known where the run was finished, and only claimed by a file. */
export interface HowFinished {
	readonly credit: boolean;
	readonly hints: number;
	/** Wrong answers before the right ones. */
	readonly mistakes: number;
	/** By the system's clock. */
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

/** Everything that was finished, the exam last taken, and scenarios of one's own. */
export interface Progress {
	/** Finished in this browser. */
	readonly completions: readonly Completion[];
	/** Came in files, and reached their goals when they were replayed here. They count towards nothing. */
	readonly replayed: readonly Replayable[];
	readonly exam: Exam | null;
	readonly own: readonly Scenario[];
	/** Unfinished, in the workspace of scenarios. */
	readonly open: Pick<Run, 'scenario'> | null;
}

export type Verdict =
	/** Replayed: the goals are reached. */
	| 'proved'
	/** Replayed: they are not, or the engine answers otherwise. */
	| 'disproved'
	/** Made with another text of this scenario, or with one that is not here. */
	| 'otherScenario';

export interface Verified {
	readonly completion: Replayable;
	/** What the file says beside it, unchecked. null: the file itself has it from another file. */
	readonly claimed: HowFinished | null;
	readonly verdict: Verdict;
}

type ProgressProblem =
	/** Too large, no JSON, or of another shape. */
	| 'NotProgress'
	/** No exam comes to these results. */
	| 'ImpossibleExam'
	/** To replay it would take more work than any course. */
	| 'TooMuchWork'
	/** On request, before anything was kept. */
	| 'Stopped';

export type ProgressAnswer =
	| { readonly ok: true; readonly verified: readonly Verified[]; readonly exam: Exam | null }
	| { readonly ok: false; readonly problem: ProgressProblem }
	| StorageFull;

/** How far the replaying of a file is: so many of its runs. */
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
export type Done<Problem extends string = never> = Answer<unknown, Problem>;

/** The run has gone on since, or is over: probably in another tab. */
type OutOfDate = 'OutOfDate';

/** `right`: the choice that is. `NotTheNextTry`: that try was used, probably in another tab. */
export type AnswerResult = Answer<{ readonly right: string }, OutOfDate | 'NotTheNextTry'>;

export const DONE = { ok: true } as const;
export const OUT_OF_DATE = { ok: false, problem: 'OutOfDate' } as const;
export const NOT_REACHED = { ok: false, problem: 'NotReached' } as const;

export interface Learn {
	/** Empties the workspace, brings it to the start state, and opens a run. The one before is gone. */
	begin(scenario: Scenario, seed: number, exam: boolean): Promise<Done>;
	answer(run: RunReference, request: AnswerRequest): Promise<AnswerResult>;
	/** Reads a hint. @param number 1 is the first; no other than the next one can be read */
	takeHint(run: RunReference, number: number): Promise<Done<OutOfDate>>;
	/** From then on the run gives no credit; it begins again. */
	showSolution(run: RunReference): Promise<Done<OutOfDate>>;
	/** Does one action of the solution, each once and in order. @returns the CMK that it is about */
	performNext(
		run: RunReference,
		index: number
	): Promise<Answer<{ readonly keyId: string | null }, OutOfDate>>;
	/** Keeps the run when every goal is reached. */
	finish(run: RunReference): Promise<Done<OutOfDate | 'NotReached'>>;
	/** Ends the run; the workspace stays as it is. */
	leave(run: RunReference): Promise<Done<OutOfDate>>;
	beginExam(scenarioIds: readonly string[], seed: number): Promise<Done>;
	/** Records the result of the case of the exam that is open, and ends its run. */
	closeExamRun(scenarioId: string): Promise<Done<OutOfDate>>;
	keepOwn(scenario: Scenario): Promise<Done>;
	removeOwn(scenarioId: string): Promise<Done>;
	exportProgress(): Promise<Bytes>;
	/**
	 * Replays every run in the file.
	 *
	 * @param scenarios those that the app has
	 * @param work gets a `ReplayProgress` before each run. Whatever is posted from the other end stops the work
	 */
	verifyProgress(
		file: Bytes,
		scenarios: readonly Scenario[],
		work?: MessagePort
	): Promise<ProgressAnswer>;
	/** Replays every run in the file, and keeps those that are proved as replayed from a file. */
	keepVerified(
		file: Bytes,
		scenarios: readonly Scenario[],
		work?: MessagePort
	): Promise<ProgressAnswer>;
	/** Drafts a scenario from the log: what was done up to a position is its start, what came after its solution. */
	draft(afterSequence: number): Promise<Scenario>;
}
