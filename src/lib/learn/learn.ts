/** Runs of scenarios as the page sees them. Values only. */
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

export type AnswerResult =
	| {
			readonly ok: true;
			/** The choice that is right. */
			readonly right: string;
	  }
	/** This try was used, probably in another tab, or the run is over. */
	| { readonly ok: false; readonly problem: 'NotTheNextTry' }
	| StorageFull;

export interface Learn {
	/** Empties the workspace, brings it to the start state, and opens a run. The one before is gone. */
	begin(scenario: Scenario, seed: number, exam: boolean): Promise<void>;
	answer(request: AnswerRequest): Promise<AnswerResult>;
	/** Reads a hint. @param number 1 is the first; no other than the next one can be read */
	takeHint(number: number): Promise<void>;
	/** From then on the run gives no credit; it begins again. */
	showSolution(): Promise<void>;
	/** Does one action of the solution, each once and in order. @returns null when it is not the next one, else its CMK */
	performNext(index: number): Promise<{ readonly keyId: string | null } | null>;
	/** Keeps the run when every goal is reached. @returns whether it is */
	finish(): Promise<boolean>;
	/** Ends the run; the workspace stays as it is. */
	leave(): Promise<void>;
	beginExam(scenarioIds: readonly string[], seed: number): Promise<void>;
	/** Records the result of a case of the exam and ends its run, if it is the case that is open. */
	closeExamRun(scenarioId: string): Promise<void>;
	keepOwn(scenario: Scenario): Promise<void>;
	removeOwn(scenarioId: string): Promise<void>;
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
