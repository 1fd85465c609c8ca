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

/** A scenario that was finished, with what anybody needs to see it happen again. */
export interface Completion {
	readonly scenarioId: string;
	readonly kind: Scenario['kind'];
	/** SHA-256 of the scenario, 64 hexadecimal digits: a later text may ask for something else. */
	readonly scenarioSha256: string;
	readonly seed: number;
	readonly credit: boolean;
	readonly hints: number;
	/** Wrong answers before the right ones. */
	readonly mistakes: number;
	/** By the system's clock. */
	readonly begunAtMs: EpochMs;
	readonly finishedAtMs: EpochMs;
	readonly actions: readonly Action[];
	/** The tray at the end, as far as goals look at it. No log has it, so it is taken as told. */
	readonly files: readonly { readonly name: string; readonly lengthBytes: number }[];
	/** Those at the end, where they are not the scenario's: no log has them either. */
	readonly settings?: Pick<SandboxSettings, 'reimport' | 'removal'>;
}

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
	readonly completions: readonly Completion[];
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
	readonly completion: Completion;
	readonly verdict: Verdict;
}

export type ProgressAnswer =
	| { readonly ok: true; readonly verified: readonly Verified[]; readonly exam: Exam | null }
	/** Too large, no JSON, or of another shape. */
	| { readonly ok: false; readonly problem: 'NotProgress' };

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
	/** Replays every run in the file. @param scenarios those that the app has */
	verifyProgress(file: Bytes, scenarios: readonly Scenario[]): Promise<ProgressAnswer>;
	/** Takes what was verified as one's own. */
	keepVerified(file: Bytes, scenarios: readonly Scenario[]): Promise<ProgressAnswer>;
	/** Drafts a scenario from the log: what was done up to a position is its start, what came after its solution. */
	draft(afterSequence: number): Promise<Scenario>;
}
