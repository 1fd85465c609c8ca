/** Whatever progress is kept: the file that it is exported to can be read again, with as much of it as a file takes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LATEST_MS } from '$lib/domain/time';
import type { Completion, Exam, Replayable } from '$lib/learn/learn';
import {
	fileToProgress,
	LONGEST_PROGRESS_BYTES,
	MOST_RECORDED_ACTIONS,
	MOST_RUNS,
	progressToFile,
	replayableOf,
	type ProgressContents
} from '$lib/learn/progress-file';
import type { Action } from '$lib/scenario/format';
import { completionWith, SYSTEM_MS } from '../support/learn';
import { propertyRuns } from '../support/runs';

const RUNS = propertyRuns({ short: 60, long: 1000 });

const written = (contents: Partial<ProgressContents>) =>
	progressToFile({ completions: [], replayed: [], exam: null, ...contents });

function read(contents: Partial<ProgressContents>): ProgressContents {
	const file = written(contents);
	expect(file.length).toBeLessThanOrEqual(LONGEST_PROGRESS_BYTES);
	const back = fileToProgress(file);
	if (!back) throw new Error('the file cannot be read');
	return back;
}

const idsOf = (runs: readonly Replayable[]) => runs.map(({ scenarioId }) => scenarioId);

/** By number, each finished a second after the one before. */
const runs = (count: number, change: (index: number) => Partial<Completion> = () => ({})) =>
	Array.from({ length: count }, (_, index) =>
		completionWith({
			scenarioId: `run-${String(index)}`,
			finishedAtMs: SYSTEM_MS + index * 1000,
			...change(index)
		})
	);

/** As many bytes of actions, and not many more. */
function actionsOf(bytes: number): Action[] {
	const file = { do: 'WriteFile', file: 'x', text: 'x'.repeat(3930) } as const;
	return Array<Action>(Math.ceil(bytes / 4000)).fill(file);
}

test(`${String(RUNS)} times whatever may have been kept is read again`, () => {
	const whole = fc.oneof({ weight: 9, arbitrary: fc.nat(LATEST_MS) }, fc.double(), fc.integer());
	const action: fc.Arbitrary<Action> = fc.oneof(
		fc.constantFrom<Action>({ do: 'Undo' }, { do: 'DescribeKey', key: 'bank' }),
		fc.string({ maxLength: 1100, unit: 'binary' }).map((text): Action => ({
			...{ do: 'UpdateKeyDescription', key: 'bank', description: text }
		})),
		fc.double().map((days): Action => ({ do: 'ScheduleKeyDeletion', key: 'bank', days }))
	);
	const run = fc
		.record({
			...{ credit: fc.boolean(), hints: fc.nat(4), mistakes: fc.nat(11_000) },
			...{ begunAtMs: whole, finishedAtMs: whole, seed: whole },
			times: fc.nat(MOST_RECORDED_ACTIONS + 10),
			some: fc.array(action, { minLength: 1, maxLength: 3 }),
			files: fc.array(fc.record({ name: fc.string(), lengthBytes: fc.nat(70_000) }), {
				maxLength: 3
			})
		})
		.map(({ times, some, ...rest }) => ({
			...rest,
			actions: Array.from({ length: times }, (_, index) => some[index % some.length] as Action)
		}));
	const list = fc
		.tuple(fc.array(run, { minLength: 1, maxLength: 5 }), fc.nat(MOST_RUNS + 20))
		.map(([some, count]) => runs(count, (index) => some[index % some.length] ?? {}));
	const id = fc.constantFrom('one', 'two', 'No identifier');
	const exam: fc.Arbitrary<Exam> = fc.record({
		...{ seed: whole, scenarioIds: fc.array(id), begunAtMs: whole },
		results: fc.array(fc.record({ scenarioId: id, cause: fc.boolean(), mended: fc.boolean() })),
		finishedAtMs: fc.option(whole)
	});
	fc.assert(
		fc.property(list, list, fc.option(exam), (completions, others, taken) => {
			const replayed = others.map(replayableOf);
			const back = read({ completions, replayed, exam: taken });
			expect(idsOf(completions)).toEqual(expect.arrayContaining(idsOf(back.completions)));
			expect(idsOf(replayed)).toEqual(expect.arrayContaining(idsOf(back.replayed)));
		}),
		{ numRuns: RUNS }
	);
});

test('of more runs than a file takes the newest are in it, in the order that they had', () => {
	const completions = runs(MOST_RUNS + 3).toReversed();
	const replayed = runs(MOST_RUNS + 3).map(replayableOf);
	const back = read({ completions, replayed });
	expect(idsOf(back.completions)).toEqual(idsOf(completions).slice(0, -3));
	expect(back.replayed).toHaveLength(MOST_RUNS);
});

test('of more bytes than a file takes what came in files goes first, then the oldest', () => {
	const size = LONGEST_PROGRESS_BYTES / 10;
	const completions = runs(12, () => ({ actions: actionsOf(size) }));
	const replayed = completions.map(replayableOf);
	expect(read({ completions, replayed })).toMatchObject({
		completions: completions.slice(-9),
		replayed: []
	});
	const few = completions.slice(0, 5);
	const back = read({ completions: few, replayed });
	expect(back.completions).toEqual(few);
	expect(back.replayed).toHaveLength(4);
});

test('a run that no file takes does not keep the others out', () => {
	const nothing: Action = { do: 'WriteFile', file: 'x', text: '\0'.repeat(4000) };
	const odd: readonly Partial<Completion>[] = [
		{},
		{ actions: Array<Action>(MOST_RECORDED_ACTIONS).fill(nothing) },
		{ actions: Array<Action>(MOST_RECORDED_ACTIONS + 1).fill({ do: 'Undo' }) },
		{ mistakes: 10_001 }
	];
	const completions = runs(5, (index) => odd[index] ?? {});
	const replayed = completions.map(replayableOf);
	const back = read({ completions, replayed });
	expect(idsOf(back.completions)).toEqual(['run-0', 'run-4']);
	expect(idsOf(back.replayed)).toEqual(['run-0', 'run-3', 'run-4']);
});

test('nothing that fits is left out', () => {
	const completions = runs(9, () => ({ actions: actionsOf(LONGEST_PROGRESS_BYTES / 10) }));
	const left = LONGEST_PROGRESS_BYTES - written({ completions }).length;
	const ofBytes = (bytes: number) => replayableOf(completionWith({ actions: actionsOf(bytes) }));
	expect(read({ completions, replayed: [ofBytes(left - 5000)] }).replayed).toHaveLength(1);
	expect(read({ completions, replayed: [ofBytes(left)] }).replayed).toEqual([]);
});
