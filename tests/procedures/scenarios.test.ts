/** Every lesson and every drill, played without anybody: as files, as runs, and as transcripts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { AuditEvent } from '$lib/domain/events';
import { HOUR_MS, LATEST_MS } from '$lib/domain/time';
import { DONE, NOT_REACHED, type Completion } from '$lib/learn/learn';
import { fileToProgress, MOST_RECORDED_ACTIONS } from '$lib/learn/progress-file';
import { rehearse } from '$lib/learn/rehearse';
import { MOST_KEYS_MADE, replay } from '$lib/learn/replay';
import { seededParties } from '$lib/learn/stage';
import { scenarioDigest } from '$lib/scenario/digest';
import type { Action, Condition, Scenario } from '$lib/scenario/format';
import { noHandles, type Handles } from '$lib/scenario/handles';
import { missingTexts } from '$lib/scenario/lint';
import { performAll, type Parties } from '$lib/scenario/perform';
import { checkScenario, readScenario } from '$lib/scenario/read-scenario';
import {
	SYSTEM_MS,
	completionWith,
	openLearnStage,
	openRun,
	playSolution,
	recycledKeyPairs,
	type LearnStage
} from '../support/learn';

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
			const run = await openRun(db);
			expect(await learn.finish(run)).toEqual(NOT_REACHED);
			await playSolution(learn, run);
			expect(await learn.finish(run)).toEqual(DONE);
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
		const run = await openRun(db);
		await playSolution(learn, run);
		expect(await learn.finish(run)).toEqual(DONE);
		const completion = await db.completions.get(scenario.id);
		expect(completion && (await replay(completion, scenario, keyPairs))).toBe('proved');
	} finally {
		close();
	}
});

/** A CMK with a call, and a file of material wrapped for it; all goals are said by a test. */
function practice(goals: readonly Condition[], more: readonly Action[] = []): Scenario {
	const text = { en: 'x', 'zh-CN': 'x' };
	return {
		...{ version: 1, id: 'practice', kind: 'sandbox', title: text, summary: text, seed: 1 },
		clock: { startsAt: '2026-03-02T09:00:00Z' },
		start: [
			{ do: 'CreateCmk', key: 'bank' },
			{ do: 'GetParametersForImport', call: 'first', key: 'bank', algorithm: OAEP },
			{ do: 'Download', call: 'first', item: 'publicKey', form: 'der', file: 'PublicKey.der' },
			{ do: 'MakeKeyMaterial', file: 'KeyMaterial.bin' },
			{
				do: 'EncryptKeyMaterial',
				material: 'KeyMaterial.bin',
				publicKey: 'PublicKey.der',
				padding: OAEP,
				file: 'Wrapped.bin'
			},
			...more
		],
		steps: [],
		goals: goals.map((when, index) => ({ id: `goal-${String(index)}`, text, when })),
		...{ questions: [], hints: [], solution: [] }
	};
}
const OAEP = 'RSAES_OAEP_SHA_256';
const IMPORT: Action = {
	do: 'ImportKeyMaterial',
	key: 'bank',
	file: 'Wrapped.bin',
	token: 'first'
};

/** What the app keeps of a run, after a way through the exported file. */
async function finished(
	scenario: Scenario,
	act: (parties: Parties, handles: Handles, stage: LearnStage) => Promise<unknown>
): Promise<Completion> {
	const stage = await openLearnStage(keyPairs);
	const { learn, sandbox, db, close } = stage;
	try {
		await learn.begin(scenario, scenario.seed, false);
		const run = await openRun(db);
		await act(seededParties(sandbox, 7, 'learner'), run.handles, stage);
		expect(await learn.finish(run)).toEqual(DONE);
		const contents = fileToProgress(await learn.exportProgress());
		const [completion] = contents?.completions ?? [];
		if (!completion) throw new Error('the file cannot be read');
		return completion;
	} finally {
		close();
	}
}

const doing = (actions: Action[]) => (parties: Parties, handles: Handles) =>
	performAll(parties, actions, handles);

describe('an honest run is proved', () => {
	const answered = (code: AuditEvent['code']): Condition => ({ event: 'ImportKeyMaterial', code });

	test('with extreme dates and waiting periods', async () => {
		const scenario = practice([
			answered('ExpireTimeInvalid'),
			{ key: 'bank', expires: { atLeastHours: 100_000 } },
			{ event: 'ScheduleKeyDeletion', code: 'PendingWindowInvalid', times: 3 }
		]);
		const pastHours = -400_000;
		const farthestHours = (LATEST_MS - SYSTEM_MS) / HOUR_MS;
		const completion = await finished(
			scenario,
			doing([
				{ ...IMPORT, expiresInHours: pastHours, expect: 'ExpireTimeInvalid' },
				{ ...IMPORT, expiresInHours: farthestHours },
				...[7.5, -3, 1e300].map((days): Action => ({
					...{ do: 'ScheduleKeyDeletion', key: 'bank', days, expect: 'PendingWindowInvalid' }
				}))
			])
		);
		expect(await replay(completion, scenario, keyPairs)).toBe('proved');
	});

	const again: Action[] = [
		{ do: 'GetParametersForImport', call: 'again', key: 'bank', algorithm: OAEP },
		{ do: 'Undo' }
	];

	test('with a call undone before the import', async () => {
		const scenario = practice([{ key: 'bank', state: 'ENABLED' }]);
		const completion = await finished(scenario, doing([...again, IMPORT]));
		expect(await replay(completion, scenario, keyPairs)).toBe('proved');
	});

	test('with the token of an undone call', async () => {
		const scenario = practice([
			answered('MaterialDecryptFailed'),
			{ key: 'bank', state: 'ENABLED' }
		]);
		const completion = await finished(
			scenario,
			doing([...again, { ...IMPORT, token: 'again', expect: 'MaterialDecryptFailed' }, IMPORT])
		);
		expect(await replay(completion, scenario, keyPairs)).toBe('proved');
	});

	test.each([undefined, 'another context'])(
		'with a damaged ciphertext, context: %s',
		async (encryptionContext) => {
			const scenario = practice([{ event: 'Decrypt', times: 2 }], [IMPORT]);
			const completion = await finished(scenario, async (parties, start) => {
				const encrypted = await performAll(
					parties,
					['one', 'two'].map((blob): Action => ({ do: 'Encrypt', key: 'bank', text: 'x', blob })),
					start
				);
				const damaged = encrypted.handles.blobs['one']?.slice() ?? new Uint8Array();
				damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
				const answer = await parties.kms.decrypt({
					cipherTextBlob: damaged,
					...(encryptionContext !== undefined && { encryptionContext })
				});
				expect(answer.ok).toBe(false);
				await performAll(
					parties,
					[
						{ do: 'DisableKey', key: 'bank' },
						{ do: 'Decrypt', blob: 'one', expect: 'KeyDisabled' },
						{ do: 'EnableKey', key: 'bank' },
						{ do: 'Decrypt', blob: 'two' },
						{ do: 'Decrypt', blob: 'one' }
					],
					encrypted.handles
				);
			});
			expect(await replay(completion, scenario, keyPairs)).toBe('proved');
		}
	);

	const stricter = { reimport: 'pendingImportOnly', removal: 'within24Hours' } as const;

	test('with other settings of the sandbox', async () => {
		const scenario = practice([answered('KeyStateInvalid')], [IMPORT]);
		const completion = await finished(scenario, async (parties, handles, { sandbox }) => {
			await sandbox.sandbox.changeSettings(stricter);
			await performAll(parties, [{ ...IMPORT, expect: 'KeyStateInvalid' }], handles);
		});
		expect(completion.settings).toEqual(stricter);
		expect(await replay(completion, scenario, keyPairs)).toBe('proved');
	});

	test('with other settings after all was done', async () => {
		const scenario = practice([answered('SUCCESS')], [IMPORT]);
		const completion = await finished(scenario, async (parties, handles, { sandbox }) => {
			await performAll(parties, [IMPORT], handles);
			await sandbox.sandbox.changeSettings(stricter);
		});
		expect(completion.settings).toEqual(stricter);
		expect(await replay(completion, scenario, keyPairs)).toBe('proved');
	});
});

test('an honest run longer than the recorded part keeps its answers', async () => {
	const text = { en: 'x', 'zh-CN': 'x' };
	const scenario: Scenario = {
		...practice([{ event: 'DescribeKey', times: 3 }, { answered: 'which' }]),
		questions: [
			{
				...{ id: 'which', text, answer: 'right', explanation: text },
				choices: ['right', 'wrong'].map((id) => ({ id, text }))
			}
		]
	};
	const look: Action = { do: 'DescribeKey', key: 'bank' };
	const completion = await finished(scenario, async (parties, handles, { learn, db }) => {
		await performAll(parties, Array<Action>(MOST_RECORDED_ACTIONS + 1).fill(look), handles);
		await learn.answer(await openRun(db), { questionId: 'which', choice: 'right', tryNumber: 1 });
	});
	expect(completion.actions).toHaveLength(MOST_RECORDED_ACTIONS);
	expect(await replay(completion, scenario, keyPairs)).toBe('proved');
});

describe('a forged transcript', () => {
	const told = (scenario: Scenario, actions: Action[]) =>
		completionWith({ scenarioId: scenario.id, scenarioSha256: scenarioDigest(scenario), actions });
	const always = practice([{ hoursPassed: 0 }]);
	const enabled = practice([{ key: 'bank', state: 'ENABLED' }]);

	test.each<Action>([
		{ do: 'Download', call: 'constructor', item: 'publicKey', form: 'der', file: 'x' },
		{ do: 'Download', call: 'valueOf', item: 'importToken', form: 'hex', file: 'x' },
		{ do: 'DescribeKey', key: 'constructor', expect: 'KeyNotFound' },
		{ do: 'Decrypt', blob: 'toString', expect: 'InvalidParameter' },
		{ do: 'RemoveFile', file: 'constructor' },
		{ ...IMPORT, token: 'constructor', expect: 'ImportTokenInvalid' },
		{ ...IMPORT, file: '__proto__' }
	])('is disproved, whatever it names: %j', async (action) => {
		expect(await replay(told(enabled, [action]), enabled, keyPairs)).toBe('disproved');
	});

	test('is disproved where it cannot be done', async () => {
		let left = 1;
		const take = () => (left-- > 0 ? keyPairs.take() : Promise.reject(new Error('none is left')));
		const { start } = always;
		const second = start.filter((action) => action.do === 'GetParametersForImport');
		expect(await replay(told(always, second), always, { take })).toBe('disproved');
	});

	test('is disproved if it generates too many keys', async () => {
		const created = (count: number) =>
			told(
				always,
				Array.from({ length: count }, (_, index) => ({ do: 'CreateCmk', key: `k${String(index)}` }))
			);
		expect(await replay(created(MOST_KEYS_MADE), always, keyPairs)).toBe('proved');
		expect(await replay(created(MOST_KEYS_MADE + 1), always, keyPairs)).toBe('disproved');
	});
});

test('a draft of what was refused and done again can be read', async () => {
	const { learn, sandbox, close } = await openLearnStage(keyPairs);
	try {
		const parties = seededParties(sandbox, 7, 'author');
		await performAll(
			parties,
			[
				{ do: 'CreateCmk', key: 'first', alias: 'taken' },
				{ do: 'CreateCmk', key: 'second', alias: 'taken', expect: 'AliasExists' },
				{ do: 'CreateCmk', key: 'second', alias: 'free' }
			],
			noHandles({})
		);
		expect(checkScenario(await learn.draft(0))).toMatchObject({ ok: true });
	} finally {
		close();
	}
});
