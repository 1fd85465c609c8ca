/** What a scenario names has to be there: what was refused has made nothing. */
import { expect, test } from 'vitest';
import type { Action, Scenario } from '$lib/scenario/format';
import { brokenReference } from '$lib/scenario/references';

const withStart = (start: Action[]): Scenario => ({
	version: 1,
	id: 'names',
	kind: 'sandbox',
	title: { en: 'x', 'zh-CN': 'x' },
	summary: { en: 'x', 'zh-CN': 'x' },
	seed: 1,
	clock: { startsAt: '2026-03-02T09:00:00Z' },
	start,
	steps: [],
	goals: [],
	questions: [],
	hints: [],
	solution: []
});

const taken: Action = { do: 'CreateCmk', key: 'key2', alias: 'taken', expect: 'AliasExists' };

test('a CMK that was refused leaves its name to the next', () => {
	const start: Action[] = [
		{ do: 'CreateCmk', key: 'key1', alias: 'taken' },
		taken,
		taken,
		{ do: 'CreateCmk', key: 'key2', alias: 'free' },
		{ do: 'DescribeKey', key: 'key2' }
	];
	expect(brokenReference(withStart(start))).toBeUndefined();
});

test('a CMK that was refused is none', () => {
	const start: Action[] = [taken, { do: 'DescribeKey', key: 'key2' }];
	expect(brokenReference(withStart(start))).toEqual({ place: 'start[1].key', name: 'key2' });
});

test('two CMKs of one name are refused', () => {
	const start: Action[] = [
		{ do: 'CreateCmk', key: 'key1' },
		{ do: 'CreateCmk', key: 'key1' }
	];
	expect(brokenReference(withStart(start))).toEqual({ place: 'start[1].key', name: 'key1' });
});
