/** What an exam is made of, and what it comes to. */
import { expect, test } from 'vitest';
import { caseSeed, drawCases, scoreOf } from '$lib/learn/exam';

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
