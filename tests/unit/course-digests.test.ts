/** Better words leave old progress proved; another start, seed, goal or solution does not. */
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '$lib/course/catalogue';
import digests from '$lib/course/digests.json';
import { keepFinished, type RunRow } from '$lib/learn/learn-database';
import { fileToProgress } from '$lib/learn/progress-file';
import { replay } from '$lib/learn/replay';
import {
	areOfOneScenario,
	isSameScenario,
	playedDigest,
	scenarioDigest,
	type KnownDigests
} from '$lib/scenario/digest';
import type { Scenario } from '$lib/scenario/format';
import { withDigestsOfNow } from '../../src/tools/digests-of-now';
import { fixtureBytes } from '../fixtures/read';
import { completionWith, openLearnStage, recycledKeyPairs } from '../support/learn';

const keyPairs = recycledKeyPairs();
const scenario = find('import-token');

function find(id: string): Scenario {
	const found = SCENARIOS.find((one) => one.id === id);
	if (!found) throw new Error(`no scenario ${id}`);
	return found;
}

/** Every text in both languages, wherever it stands. */
const inOtherWords = (from: Scenario): Scenario =>
	JSON.parse(
		JSON.stringify(from, (_, value: unknown) =>
			typeof value === 'object' && value !== null && 'en' in value && 'zh-CN' in value
				? { en: 'Other words', 'zh-CN': '其他说法' }
				: value
		)
	) as Scenario;

test('every scenario of the course is recorded as it is now: npm run digests', () => {
	expect(withDigestsOfNow(digests, SCENARIOS).added).toEqual([]);
});

describe('recording', () => {
	const changed = inOtherWords(scenario);

	test('adds what is new behind all that was there', () => {
		const before: KnownDigests = digests;
		const { digests: after, added } = withDigestsOfNow(before, [changed]);
		expect(added).toEqual([scenario.id]);
		for (const [id, known] of Object.entries(before))
			expect(
				Object.entries(after)
					.find(([one]) => one === id)?.[1]
					.slice(0, known.length)
			).toEqual(known);
	});

	test('adds nothing a second time', () => {
		const once = withDigestsOfNow(digests, [changed]).digests;
		expect(withDigestsOfNow(once, [changed])).toEqual({ digests: once, added: [] });
	});
});

test.each(SCENARIOS)('no text of $id counts as played', (one) => {
	const changed = inOtherWords(one);
	expect(scenarioDigest(changed)).not.toBe(scenarioDigest(one));
	expect(playedDigest(changed)).toBe(playedDigest(one));
});

/** A change of each part that decides whether a replay proves. */
const CHANGES: readonly (readonly [string, (from: Scenario) => Partial<Scenario>])[] = [
	['kind', () => ({ kind: 'sandbox' })],
	['seed', ({ seed }) => ({ seed: seed + 1 })],
	['clock', ({ clock }) => ({ clock: { ...clock, startsAt: '2026-03-02T10:00:00Z' } })],
	['settings', () => ({ settings: { reimport: 'pendingImportOnly' } })],
	['names', () => ({ names: { person: ['Ada'] } })],
	['start', ({ start }) => ({ start: [...start, { do: 'FreezeClock' }] })],
	['goal', ({ goals }) => ({ goals: goals.slice(1) })],
	[
		'condition of a goal',
		({ goals }) => ({ goals: goals.map((goal) => ({ ...goal, when: { hoursPassed: 0 } })) })
	],
	[
		'choice of a question',
		({ questions }) => ({
			questions: questions.map((one) => ({ ...one, choices: one.choices.slice(1) }))
		})
	],
	[
		'answer to a question',
		({ questions }) => ({ questions: questions.map((one) => ({ ...one, answer: 'other' })) })
	],
	['solution', ({ solution }) => ({ solution: solution.slice(0, -1) })]
];

describe('a run of an earlier text', () => {
	const progress = fileToProgress(fixtureBytes('progress.kms-progress.json'));
	const completion = progress?.completions.find(({ scenarioId }) => scenarioId === scenario.id);
	if (!completion) throw new Error('the fixture has no such run');

	test('is proved after a change of texts, steps, hints and minutes', async () => {
		const { steps, hints } = inOtherWords(scenario);
		const changed = {
			...inOtherWords(scenario),
			...{ minutes: 42, steps: steps.slice(1), hints: hints.slice(1) }
		};
		expect(await replay(completion, changed, keyPairs)).toBe('proved');
	});

	test.each(CHANGES)('is of another scenario after a change of its %s', async (_, change) => {
		const changed = { ...scenario, ...change(scenario) };
		expect(scenario.questions.length).toBeGreaterThan(0);
		expect(await replay(completion, changed, keyPairs)).toBe('otherScenario');
	});

	test('is of another scenario when its digest is not listed', async () => {
		const unlisted = { ...completion, scenarioSha256: scenarioDigest(inOtherWords(scenario)) };
		expect(await replay(unlisted, scenario, keyPairs)).toBe('otherScenario');
	});

	test('belongs to another scenario under any other id', () => {
		const { scenarioSha256 } = completion;
		expect(isSameScenario(digests, find('expiry'), scenarioSha256)).toBe(false);
		for (const id of ['constructor', '__proto__', 'toString'])
			expect(isSameScenario(digests, { ...scenario, id }, scenarioSha256)).toBe(false);
	});
});

describe('two runs of one scenario', () => {
	const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
	const known: KnownDigests = {
		lesson: [
			{ sha256: String(a), played: 'one' },
			{ sha256: String(b), played: 'one' },
			{ sha256: String(c), played: 'two' }
		]
	};

	test.each([
		['the same digest, listed or not', 'other', 'x', 'x', true],
		['two texts of one scenario', 'lesson', a, b, true],
		['played differently', 'lesson', a, c, false],
		['not listed', 'lesson', a, 'x', false],
		['listed for another', 'drill', a, b, false]
	])('%s', (_, id, one, other, isOne) => {
		expect(areOfOneScenario(known, id, String(one), String(other))).toBe(isOne);
	});

	test('the better one stays, also where the other one is of a later text', async () => {
		const { db, close } = await openLearnStage(keyPairs);
		const finish = async (hints: number, scenarioSha256: string | undefined) => {
			const run = {
				...{ workspaceId: 'learn', begunAtMs: 1, finishedAtMs: null },
				...{ hints, solutionShown: false, answers: {} }
			};
			await db.runs.put(run as unknown as RunRow);
			const completion = completionWith({ hints, scenarioSha256: String(scenarioSha256) });
			await keepFinished(db, run, completion, known);
			return db.completions.get('lesson');
		};
		try {
			await finish(0, a);
			expect(await finish(2, b)).toMatchObject({ hints: 0, scenarioSha256: a });
			expect(await finish(2, c)).toMatchObject({ hints: 2, scenarioSha256: c });
		} finally {
			close();
		}
	});
});
