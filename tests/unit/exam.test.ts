/** What an exam is made of, and what it comes to. */
import { expect, test } from 'vitest';
import { caseSeed, drawCases, resultOf, scoreOf } from '$lib/learn/exam';
import type { Answered } from '$lib/learn/learn';
import type { Scenario } from '$lib/scenario/format';
import { openLearnStage, openRun } from '../support/learn';

const DRILLS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

test('five drills, none of them twice', () => {
	for (const seed of SEEDS) {
		const drawn = drawCases(DRILLS, seed);
		expect(drawn).toHaveLength(5);
		expect(new Set(drawn).size).toBe(5);
		expect(DRILLS).toEqual(expect.arrayContaining(drawn));
	}
});

test('the same seed draws the same, and another one another', () => {
	expect(drawCases(DRILLS, 7)).toEqual(drawCases(DRILLS, 7));
	expect(new Set(SEEDS.map((seed) => drawCases(DRILLS, seed).join())).size).toBeGreaterThan(150);
});

test('every drill comes first now and then', () => {
	expect(new Set(SEEDS.map((seed) => drawCases(DRILLS, seed)[0])).size).toBe(DRILLS.length);
});

test('where there are few, all of them', () => {
	expect(drawCases(['a', 'b'], 1).toSorted()).toEqual(['a', 'b']);
	expect(drawCases([], 1)).toEqual([]);
});

test('each case has bytes of its own, the same when it begins again', () => {
	const seeds = [0, 1, 2, 3, 4].map((index) => caseSeed(3, index));
	expect(new Set(seeds).size).toBe(5);
	expect(caseSeed(3, 2)).toBe(seeds[2]);
	for (const seed of seeds) expect(seed).toBeLessThanOrEqual(4_294_967_295);
});

test('one point for the cause, one for the state; a case that was not handed in gives none', () => {
	const results = [
		{ scenarioId: 'a', cause: true, mended: true },
		{ scenarioId: 'b', cause: false, mended: true },
		{ scenarioId: 'c', cause: true, mended: false },
		{ scenarioId: 'd', cause: false, mended: false }
	];
	expect(scoreOf({ scenarioIds: ['a', 'b', 'c', 'd', 'e'], results })).toEqual({
		points: 4,
		most: 10
	});
});

test.each(['constructor', 'valueof', 'cause'])(
	'a case and its question may be called %s',
	async (id) => {
		const text = { en: 'x', 'zh-CN': 'x' };
		const scenario: Scenario = {
			...{ version: 1, id, kind: 'drill', title: text, summary: text, seed: 1 },
			...{ clock: { startsAt: '2026-03-02T09:00:00Z' }, start: [], steps: [], goals: [] },
			questions: [
				{
					...{ id, text, cause: true, answer: 'right', explanation: text },
					choices: ['right', 'wrong'].map((choice) => ({ id: choice, text }))
				}
			],
			...{ hints: [], solution: [] }
		};
		const result = (answers: Readonly<Record<string, Answered>>) =>
			resultOf({ scenario, answers }, []).cause;
		expect(result({})).toBe(false);
		expect(result({ [id]: { choice: 'right', right: 'right', tries: 1 } })).toBe(true);
		const { learn, db, close } = await openLearnStage();
		const other = 'another-case';
		await learn.beginExam([id, other], 1);
		await learn.begin({ ...scenario, id: other }, 1, true);
		await learn.answer(await openRun(db), { questionId: id, choice: 'wrong', tryNumber: 1 });
		await learn.begin(scenario, 1, true);
		expect((await openRun(db)).answers).toEqual({});
		const answer = { questionId: id, choice: 'right', tryNumber: 1 };
		expect(await learn.answer(await openRun(db), answer)).toEqual({ ok: true, right: 'right' });
		await learn.begin(scenario, 1, true);
		expect((await openRun(db)).answers).toEqual({
			[id]: { choice: 'right', right: 'right', tries: 1 }
		});
		close();
	}
);
