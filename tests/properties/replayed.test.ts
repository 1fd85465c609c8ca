/** Whatever a progress file claims: only that its runs reach their goals is taken from it, and it counts nowhere. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, LATEST_MS } from '$lib/domain/time';
import type { Bytes } from '$lib/domain/bytes';
import {
	DONE,
	type Completion,
	type Exam,
	type ProgressAnswer,
	type ReplayProgress
} from '$lib/learn/learn';
import { isPossibleExam } from '$lib/learn/exam';
import { openLearnDatabase } from '$lib/learn/learn-database';
import {
	fileToProgress,
	howFinished,
	progressToFile,
	replayableOf
} from '$lib/learn/progress-file';
import { MOST_ACTIONS_IN_ALL, MOST_KEYS_IN_ALL } from '$lib/learn/verify';
import { scenarioDigest } from '$lib/scenario/digest';
import type { Action, Scenario } from '$lib/scenario/format';
import { queries } from '$lib/storage/queries';
import { onlyReplayed } from '$lib/ui/features/learn/only-replayed';
import {
	completionWith,
	openLearnStage,
	openRun,
	recycledKeyPairs,
	type LearnStage
} from '../support/learn';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 40, long: 1000 });
const SHAPES = propertyRuns({ short: 500, long: 10_000 });

let stage: LearnStage;
beforeEach(async () => {
	stage = await openLearnStage(recycledKeyPairs());
});
afterEach(() => {
	stage.close();
});

/** A scenario without CMKs: its goal is reached by moving the clock. */
function waiting(id: string): Scenario {
	const text = { en: 'x', 'zh-CN': 'x' };
	return {
		...{ version: 1, id, kind: 'sandbox', title: text, summary: text, seed: 1 },
		...{ clock: { startsAt: '2026-03-02T09:00:00Z' }, start: [], steps: [] },
		goals: [{ id: 'later', text, when: { hoursPassed: 1 } }],
		...{ questions: [], hints: [], solution: [] }
	};
}
const IDS = ['one', 'two', 'three'] as const;
const SCENARIOS = IDS.map(waiting);
const LATER: readonly Action[] = [{ do: 'MoveClock', hours: 1 }];

const told = (scenarioId: string, change: Partial<Completion> = {}): Completion =>
	completionWith({
		...{ scenarioId, kind: 'sandbox', actions: LATER, ...change },
		scenarioSha256: scenarioDigest(waiting(scenarioId))
	});

const claims = fc.record({
	credit: fc.boolean(),
	hints: fc.nat(3),
	mistakes: fc.nat(10_000),
	begunAtMs: fc.nat(LATEST_MS),
	finishedAtMs: fc.nat(LATEST_MS)
});
const someIds = fc.subarray([...IDS]);

const fileOf = (contents: Partial<Parameters<typeof progressToFile>[0]>): Bytes =>
	progressToFile({ completions: [], replayed: [], exam: null, ...contents });

/** Everything that the certificate counts. */
const counted = async () => [await stage.db.completions.toArray(), await stage.db.exams.toArray()];

test(`${String(RUNS)} files change nothing that is counted, for all claims`, async () => {
	await fc.assert(
		fc.asyncProperty(
			...[someIds, someIds, someIds, claims, claims, fc.boolean()],
			async (here, claimed, passedOn, facts, claim, isReached) => {
				const { db, learn } = stage;
				await Promise.all([db.completions.clear(), db.replayed.clear()]);
				await db.completions.bulkPut(here.map((id) => told(id, facts)));
				const before = await counted();

				const actions = isReached ? LATER : [];
				const completions = claimed.map((id) => told(id, { ...claim, actions }));
				const replayed = passedOn.map((id) => replayableOf(told(id, { actions })));
				const answer = await learn.keepVerified(fileOf({ completions, replayed }), SCENARIOS);
				expect(await counted()).toEqual(before);
				if (!answer.ok) throw new Error(answer.problem);
				expect(answer.verified.map(({ claimed }) => claimed)).toEqual([
					...completions.map(howFinished),
					...replayed.map(() => null)
				]);

				const kept = isReached ? new Set([...claimed, ...passedOn]) : new Set<string>();
				const rows = await db.replayed.toArray();
				expect(new Set(rows.map(({ scenarioId }) => scenarioId))).toEqual(kept);
				for (const row of rows) expect(row).toEqual(replayableOf(told(row.scenarioId)));

				// handed on once more it is still what came in a file
				const exported = fileToProgress(await learn.exportProgress());
				expect(exported?.completions).toEqual(before[0]);
				expect(exported?.replayed).toEqual(rows);
			}
		),
		{ numRuns: RUNS }
	);
});

test('a run that is finished here is counted beside the one that came in a file', async () => {
	const { learn, db } = stage;
	const [scenario] = SCENARIOS;
	if (!scenario) throw new Error('there are three');
	await learn.keepVerified(fileOf({ completions: [told('one')] }), SCENARIOS);
	const progress = async () => ({
		completions: await db.completions.toArray(),
		replayed: await db.replayed.toArray()
	});
	expect(onlyReplayed(await progress())).toHaveLength(1);
	await learn.begin(scenario, 1, false);
	const { sandbox, store } = stage.sandbox;
	await sandbox.moveClock({ move: 'by', ms: HOUR_MS }, await queries.clock(store.db));
	expect(await learn.finish(await openRun(db))).toEqual(DONE);
	const { completions, replayed } = await progress();
	expect(completions).toMatchObject([{ scenarioId: 'one', credit: true }]);
	expect(replayed).toHaveLength(1);
	expect(onlyReplayed({ completions, replayed })).toEqual([]);
});

test('what an earlier version kept was finished here', async () => {
	const options = { indexedDB: new IDBFactory(), IDBKeyRange };
	const old = new Dexie('learn', options);
	old.version(1).stores({ runs: 'workspaceId', completions: 'scenarioId', exams: 'id', own: 'id' });
	await old.table('completions').put(told('one'));
	old.close();
	const db = await openLearnDatabase(options);
	expect(await db.completions.toArray()).toEqual([told('one')]);
	expect(await db.replayed.toArray()).toEqual([]);
	db.close();
});

test('a file of an earlier version is read', () => {
	const text = new TextDecoder().decode(fileOf({ completions: [told('one')] }));
	expect(text).not.toContain('replayed');
	expect(fileToProgress(new TextEncoder().encode(text))).toMatchObject({ replayed: [] });
});

describe('an exam in a file', () => {
	const exam: Exam = {
		...{ seed: 1, scenarioIds: ['one', 'two'], begunAtMs: 1000, finishedAtMs: 2000 },
		results: ['one', 'two'].map((scenarioId) => ({ scenarioId, cause: true, mended: true }))
	};
	const right = { cause: true, mended: true };

	test.each<[string, Partial<Exam>]>([
		[
			'of 100 of 0 points',
			{ scenarioIds: [], results: Array<never>(50).fill({ scenarioId: 'one', ...right } as never) }
		],
		['without a case', { scenarioIds: [], results: [] }],
		['without a case, and not finished', { scenarioIds: [], results: [], finishedAtMs: null }],
		['with a case twice', { scenarioIds: ['one', 'one'], results: exam.results.slice(0, 1) }],
		[
			'with a result twice',
			{ results: [...exam.results.slice(0, 1), ...exam.results.slice(0, 1)] }
		],
		[
			'with more results than cases',
			{ results: [...exam.results, { scenarioId: 'one', ...right }] }
		],
		[
			'with the result of another case',
			{ results: [{ scenarioId: 'three', ...right }, ...exam.results.slice(1)] }
		],
		['that ends before it begins', { begunAtMs: 2001 }],
		['that ends before its last result', { results: exam.results.slice(1) }],
		['that goes on after its last result', { finishedAtMs: null }]
	])('%s is refused, and nothing of the file is kept', async (_, change) => {
		const file = fileOf({ completions: [told('one')], exam: { ...exam, ...change } });
		const answer = await stage.learn.keepVerified(file, SCENARIOS);
		expect(answer).toEqual({ ok: false, problem: 'ImpossibleExam' });
		expect(await stage.db.replayed.count()).toBe(0);
	});

	test('as it is taken here is read at every point of it, and not taken over', async () => {
		const { learn, db } = stage;
		await learn.beginExam(['one', 'two'], 1);
		for (const id of ['one', 'two', undefined]) {
			const file = await learn.exportProgress();
			const answer = await learn.verifyProgress(file, SCENARIOS);
			expect(answer).toMatchObject({ ok: true, exam: { scenarioIds: ['one', 'two'] } });
			await learn.begin(waiting(id ?? 'one'), 1, true);
			if (id !== undefined) await learn.closeExamRun(id);
		}
		const taken = await db.exams.toArray();
		await learn.keepVerified(fileOf({ exam }), SCENARIOS);
		expect(await db.exams.toArray()).toEqual(taken);
	});

	test('that ended by a clock that had gone back is exported as one that can be', async () => {
		await stage.db.exams.put({ ...exam, id: 0, begunAtMs: 3000 });
		const file = await stage.learn.exportProgress();
		expect(await stage.learn.verifyProgress(file, SCENARIOS)).toMatchObject({ ok: true });
	});

	test(`${String(SHAPES)} exams: never more points than possible`, () => {
		const id = fc.constantFrom('one', 'two', 'three', 'four');
		const result = fc.record({ scenarioId: id, cause: fc.boolean(), mended: fc.boolean() });
		const shapes = fc.record({
			...{ seed: fc.nat(), scenarioIds: fc.array(id, { maxLength: 4 }) },
			...{ results: fc.array(result, { maxLength: 5 }), begunAtMs: fc.nat(3) },
			finishedAtMs: fc.option(fc.nat(3))
		});
		fc.assert(
			fc.property(shapes, (shape) => {
				fc.pre(isPossibleExam(shape));
				const points = shape.results.flatMap(({ cause, mended }) => [cause, mended]);
				expect(points.length).toBeLessThanOrEqual(2 * shape.scenarioIds.length);
				expect(shape.scenarioIds).not.toEqual([]);
			}),
			{ numRuns: SHAPES }
		);
	});
});

describe('the work that a file asks for', () => {
	/** As many runs as it takes for so many actions. */
	function asking(action: Action, count: number): Bytes {
		const completions: Completion[] = [];
		for (let left = count; left > 0; left -= 600)
			completions.push(
				told(`run-${String(left)}`, { actions: Array<Action>(Math.min(left, 600)).fill(action) })
			);
		return fileOf({ completions });
	}
	const describeKey: Action = { do: 'DescribeKey', key: 'k' };
	const createKey: Action = { do: 'CreateCmk', key: 'k' };

	test.each([
		[createKey, MOST_KEYS_IN_ALL],
		[describeKey, MOST_ACTIONS_IN_ALL]
	])('has a bound: %j, %i times', async (action, most) => {
		// none of the scenarios is here, so that those within the bound take no time
		expect(await stage.learn.verifyProgress(asking(action, most), [])).toMatchObject({ ok: true });
		expect(await stage.learn.verifyProgress(asking(action, most + 1), [])).toEqual({
			...{ ok: false, problem: 'TooMuchWork' }
		});
	});

	/** @param stopAt the run before which the word to stop is given */
	async function watched(file: Bytes, stopAt?: number) {
		const { port1, port2 } = new MessageChannel();
		const seen: ReplayProgress[] = [];
		port1.onmessage = ({ data }: MessageEvent<ReplayProgress>) => {
			seen.push(data);
			if (data.done === stopAt) port1.postMessage('stop');
		};
		const answer: ProgressAnswer = await stage.learn.keepVerified(file, SCENARIOS, port2);
		port1.close();
		return { answer, seen };
	}

	test('says how far it is', async () => {
		const { answer, seen } = await watched(fileOf({ completions: IDS.map((id) => told(id)) }));
		expect(answer).toMatchObject({ ok: true });
		expect(seen).toEqual([0, 1, 2].map((done) => ({ done, total: 3 })));
	});

	test('ends within a run when it is stopped, and nothing is kept', async () => {
		const actions = [
			...LATER,
			...Array<Action>(500).fill({ ...describeKey, expect: 'KeyNotFound' })
		];
		const file = fileOf({ completions: [told('one'), told('two', { actions }), told('three')] });
		const { answer, seen } = await watched(file, 1);
		expect(answer).toEqual({ ok: false, problem: 'Stopped' });
		expect(seen.at(-1)).toEqual({ done: 1, total: 3 });
		expect(await stage.db.replayed.count()).toBe(0);
	});
});

test('where no space is left nothing of a file is kept, and it says so', async () => {
	const { learn, db } = stage;
	let left = 2;
	db.replayed.hook('creating', () => {
		if (left-- === 0) throw new DOMException('no room left', 'QuotaExceededError');
	});
	const file = fileOf({ completions: IDS.map((id) => told(id)) });
	expect(await learn.keepVerified(file, SCENARIOS)).toEqual({ ok: false, problem: 'StorageFull' });
	expect(await db.replayed.count()).toBe(0);
});
