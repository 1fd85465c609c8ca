/** Scenarios as the worker plays them, over a sandbox in memory. */
import { createKeyPairPool } from '$lib/engine/key-pair-pool';
import { generateWrappingKeyPair, type WrappingKeyPair } from '$lib/crypto/wrapping-key-pair';
import { createLearn } from '$lib/learn/create-learn';
import type { Completion, Learn, RunReference } from '$lib/learn/learn';
import { openLearnDatabase, type LearnDatabase, type RunRow } from '$lib/learn/learn-database';
import { openMemorySandbox, type MemorySandbox } from '$lib/learn/memory-sandbox';

/** 2026-03-02T09:00:00Z, the system's time of every test. */
export const SYSTEM_MS = 1_772_442_000_000;

export interface LearnStage {
	readonly learn: Learn;
	readonly sandbox: MemorySandbox;
	readonly db: LearnDatabase;
	readonly close: () => void;
}

export async function openLearnStage(keyPairs?: MemorySandbox['keyPairs']): Promise<LearnStage> {
	const sandbox = await openMemorySandbox(() => SYSTEM_MS, keyPairs);
	const db = await openLearnDatabase(sandbox.store.options);
	return {
		learn: createLearn({ ...sandbox, db, workspaceId: 'learn' }),
		sandbox,
		db,
		close: (): void => {
			sandbox.close();
			db.close();
		}
	};
}

export async function openRun(db: LearnDatabase): Promise<RunRow> {
	const run = await db.runs.get('learn');
	if (!run) throw new Error('no run is open');
	return run;
}

/** To its end. */
export async function playSolution(
	learn: Pick<Learn, 'showSolution' | 'performNext'>,
	run: RunReference
): Promise<void> {
	await learn.showSolution(run);
	for (let index = 0; (await learn.performNext(run, index)).ok; index++);
}

/**
 * Pairs that are handed out again and again: making one takes most of the time of a scenario, and which one it is
 * matters to none, as long as those of one run differ.
 */
export function recycledKeyPairs(): MemorySandbox['keyPairs'] {
	const fresh = createKeyPairPool(generateWrappingKeyPair, 0, () => undefined);
	const made: Promise<WrappingKeyPair>[] = [];
	const MOST = 12;
	let at = 0;
	return {
		take: () => {
			const index = at++ % MOST;
			return (made[index] ??= fresh.take());
		}
	};
}

/** A finished run without anything in it that a test does not ask for. */
export const completionWith = (change: Partial<Completion>): Completion => ({
	scenarioId: 'lesson',
	kind: 'lesson',
	scenarioSha256: '0'.repeat(64),
	seed: 1,
	credit: true,
	hints: 0,
	mistakes: 0,
	begunAtMs: SYSTEM_MS,
	finishedAtMs: SYSTEM_MS,
	actions: [],
	files: [],
	...change
});
