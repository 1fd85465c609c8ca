/** Replays the runs of a progress file. The file is untrusted: only the results of the replay are used. */
import type { Bytes } from '../domain/bytes';
import type { Scenario } from '../scenario/format';
import { isPossibleExam } from './exam';
import type { ProgressAnswer, Replayable, ReplayProgress, Verified } from './learn';
import type { MemorySandbox } from './memory-sandbox';
import { fileToProgress, howFinished, type ProgressContents } from './progress-file';
import { makesKeys, replay, StoppedError } from './replay';

/** For all runs of a file: 20 key pairs for each lesson and drill. Generating them takes nearly all of the time. */
export const MOST_KEYS_IN_ALL = 1000;
/** For all runs of a file: 200 actions for each lesson and drill. */
export const MOST_ACTIONS_IN_ALL = 10_000;

/**
 * @param scenarios the scenarios to compare the runs with
 * @param work gets a `ReplayProgress` before each run. Any message from the other end stops the work
 */
export async function verifyFile(
	file: Bytes,
	scenarios: readonly Scenario[],
	keyPairs: MemorySandbox['keyPairs'],
	work?: MessagePort
): Promise<ProgressAnswer> {
	const contents = fileToProgress(file);
	if (!contents) return { ok: false, problem: 'NotProgress' };
	const { exam } = contents;
	if (exam && !isPossibleExam(exam)) return { ok: false, problem: 'ImpossibleExam' };
	const runs = runsOf(contents);
	if (isTooMuch(runs.map(({ completion }) => completion)))
		return { ok: false, problem: 'TooMuchWork' };

	let isStopped = false;
	const stopIfAsked = (): void => {
		if (isStopped) throw new StoppedError('stopped');
	};
	if (work)
		work.onmessage = () => {
			isStopped = true;
		};
	const verified: Verified[] = [];
	try {
		for (const run of runs) {
			work?.postMessage({ done: verified.length, total: runs.length } satisfies ReplayProgress);
			const { completion } = run;
			const scenario = scenarios.find(({ id }) => id === completion.scenarioId);
			const verdict = await replay(completion, scenario, keyPairs, stopIfAsked);
			verified.push({ ...run, verdict });
		}
		return { ok: true, verified, exam };
	} catch (error) {
		if (error instanceof StoppedError) return { ok: false, problem: 'Stopped' };
		throw error;
	} finally {
		work?.close();
	}
}

function runsOf({ completions, replayed }: ProgressContents): Omit<Verified, 'verdict'>[] {
	return [
		...completions.map((completion) => ({ completion, claimed: howFinished(completion) })),
		...replayed.map((completion) => ({ completion, claimed: null }))
	];
}

function isTooMuch(runs: readonly Replayable[]): boolean {
	const actions = runs.flatMap((run) => run.actions);
	return (
		actions.length > MOST_ACTIONS_IN_ALL || actions.filter(makesKeys).length > MOST_KEYS_IN_ALL
	);
}
