/** Every lesson and every drill, played without anybody: as files, as runs, and as transcripts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { rehearse } from '$lib/learn/rehearse';
import { replay } from '$lib/learn/replay';
import type { Action } from '$lib/scenario/format';
import { missingTexts } from '$lib/scenario/lint';
import { readScenario } from '$lib/scenario/read-scenario';
import { openLearnStage, recycledKeyPairs } from '../support/learn';

vi.setConfig({ testTimeout: 60_000 });

const COURSE = 'src/lib/course';
const keyPairs = recycledKeyPairs();

const files = ['lessons', 'drills'].flatMap((kind) =>
	readdirSync(join(COURSE, kind)).map((name) => join(kind, name))
);

function scenarioIn(file: string) {
	const answer = readScenario(new Uint8Array(readFileSync(join(COURSE, file))));
	if (!answer.ok) throw new Error(`${file}: ${JSON.stringify(answer.problem)}`);
	return answer.scenario;
}

test('there are eleven lessons and at least sixteen drills, each of its own name', () => {
	const scenarios = files.map(scenarioIn);
	expect(scenarios.filter(({ kind }) => kind === 'lesson')).toHaveLength(11);
	expect(scenarios.filter(({ kind }) => kind === 'drill').length).toBeGreaterThanOrEqual(16);
	expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
	for (const [index, { id, kind }] of scenarios.entries())
		expect(files[index]).toMatch(new RegExp(`^${kind}s/\\d\\d-${id}\\.json$`));
});

describe.each(files)('%s', (file) => {
	const scenario = scenarioIn(file);

	test('has every text that it needs', () => {
		expect(missingTexts(scenario)).toEqual([]);
	});

	test('is reached by its solution, not by its start, with its own seed and with another', async () => {
		const { seed } = scenario;
		expect(await rehearse(scenario, seed, keyPairs)).toEqual([]);
		if (scenario.kind === 'drill') expect(await rehearse(scenario, seed + 1, keyPairs)).toEqual([]);
	});

	test('a finished run can be replayed, and no longer when its last act is missing', async () => {
		const { learn, db, close } = await openLearnStage(keyPairs);
		try {
			await learn.begin(scenario, scenario.seed, false);
			expect(await learn.finish()).toBe(false);
			await learn.showSolution();
			for (let index = 0; await learn.performNext(index); index++);
			expect(await learn.finish()).toBe(true);
			const completion = await db.completions.get(scenario.id);
			if (!completion) throw new Error('nothing was kept');
			expect(completion.credit).toBe(false);
			expect(await replay(completion, scenario, keyPairs)).toBe('proved');
			// answers stand at the end, one for each question
			const without = { ...completion, actions: completion.actions.slice(0, -1) };
			if (scenario.questions.length > 0)
				expect(await replay(without, scenario, keyPairs)).toBe('disproved');
		} finally {
			close();
		}
	});
});

test('a run whose token was uploaded as the downloaded file can be replayed too', async () => {
	const { start, solution, ...rest } = scenarioIn('lessons/02-first-import.json');
	const byHand = solution.flatMap((action): Action[] => {
		if (action.do !== 'ImportKeyMaterial' || action.token === undefined) return [action];
		const { token, ...upload } = action;
		const file = 'Token.hex';
		return [
			{ do: 'Download', call: token, item: 'importToken', form: 'hex', file },
			{ ...upload, tokenFile: file }
		];
	});
	const scenario = { ...rest, start, solution: byHand };
	const { learn, db, close } = await openLearnStage(keyPairs);
	try {
		await learn.begin(scenario, scenario.seed, false);
		await learn.showSolution();
		for (let index = 0; await learn.performNext(index); index++);
		expect(await learn.finish()).toBe(true);
		const completion = await db.completions.get(scenario.id);
		expect(completion && (await replay(completion, scenario, keyPairs))).toBe('proved');
	} finally {
		close();
	}
});
