/** Which run of a scenario is kept: of several the best, of equal ones the first. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Completion } from '$lib/learn/learn';
import { keepFinished, type RunRow } from '$lib/learn/learn-database';
import { fileToProgress, progressToFile } from '$lib/learn/progress-file';
import { completionWith, openLearnStage, type LearnStage } from '../support/learn';

let stage: LearnStage;
beforeEach(async () => {
	stage = await openLearnStage();
});
afterEach(() => {
	stage.close();
});

const kept = () => stage.db.completions.get('lesson');

/** Ends the open run that the completion is of. */
async function finish(completion: Completion): Promise<void> {
	const { hints, mistakes, credit, begunAtMs } = completion;
	const run = {
		workspaceId: 'learn',
		...{ hints, begunAtMs, finishedAtMs: null, solutionShown: !credit },
		answers: { question: { choice: 'right', right: 'right', tries: mistakes + 1 } }
	};
	await stage.db.runs.put(run as unknown as RunRow);
	await keepFinished(stage.db, run, completion);
}

describe('a run that was finished', () => {
	const keep = finish;
	const usual = { credit: true, hints: 1, mistakes: 1, finishedAtMs: 1 };

	test.each([
		['with fewer hints', { hints: 0, mistakes: 5 }],
		['with as many hints and fewer mistakes', { mistakes: 0 }],
		['of another text of the scenario', { hints: 3, scenarioSha256: 'f'.repeat(64) }]
	])('%s takes the place of the one before', async (_what, change) => {
		await keep(completionWith(usual));
		const better = completionWith({ ...usual, ...change, finishedAtMs: 2 });
		await keep(better);
		expect(await kept()).toEqual(better);
	});

	test.each([
		['with more hints', { hints: 2, mistakes: 0 }],
		['with as many hints and more mistakes', { mistakes: 2 }],
		['that is as good', {}],
		['without credit', { credit: false, hints: 0, mistakes: 0 }],
		[
			'without credit of another text of the scenario',
			{ credit: false, scenarioSha256: 'f'.repeat(64) }
		]
	])('%s does not', async (_what, change) => {
		const first = completionWith(usual);
		await keep(first);
		await keep(completionWith({ ...usual, ...change, finishedAtMs: 2 }));
		expect(await kept()).toEqual(first);
	});

	test('with credit replaces one without credit', async () => {
		await keep(completionWith({ ...usual, credit: false, hints: 0, mistakes: 0 }));
		const better = completionWith({ ...usual, hints: 3 });
		await keep(better);
		expect(await kept()).toEqual(better);
	});
});

test('a file with two runs of one scenario was not exported', () => {
	const [one, other] = ['lesson', 'drill'].map((scenarioId) => completionWith({ scenarioId }));
	if (!one || !other) throw new Error('there are two');
	const read = (completions: Completion[]) =>
		fileToProgress(progressToFile({ completions, replayed: [], exam: null }));
	expect(read([one, other])?.completions).toEqual([one, other]);
	expect(read([one, other, one])).toBeUndefined();
});
