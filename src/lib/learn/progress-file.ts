/** Progress as a file of runs that anyone can replay. The file proves what was done, not by whom. */
import {
	array,
	boolean,
	check,
	exactOptional,
	integer,
	is,
	literal,
	maxLength,
	maxValue,
	minValue,
	nullable,
	number,
	picklist,
	pipe,
	regex,
	safeParse,
	strictObject,
	string
} from 'valibot';
import { MOST_TRAY_FILES } from '../customer/workbench';
import type { Bytes } from '../domain/bytes';
import { SETTING_VALUES } from '../domain/settings';
import { LATEST_MS } from '../domain/time';
import { actionSchema } from '../scenario/format';
import type { Completion, Exam, HowFinished, Replayable } from './learn';

const FORMAT = 'kms-import-sandbox-progress';
export const LONGEST_PROGRESS_BYTES = 4 * 1024 * 1024;
/** More than a trainee does in one lesson. */
export const MOST_RECORDED_ACTIONS = 600;
/** For each of the two lists. */
export const MOST_RUNS = 200;

const whole = (most: number) => pipe(number(), integer(), minValue(0), maxValue(most));
const instant = whole(LATEST_MS);
const identifier = pipe(string(), regex(/^[a-z0-9][a-z0-9-]{0,63}$/));

const replayable = {
	scenarioId: identifier,
	kind: picklist(['lesson', 'drill', 'sandbox']),
	scenarioSha256: pipe(string(), regex(/^[0-9a-f]{64}$/)),
	seed: whole(4_294_967_295),
	actions: pipe(array(actionSchema), maxLength(MOST_RECORDED_ACTIONS)),
	files: pipe(
		array(strictObject({ name: pipe(string(), maxLength(200)), lengthBytes: whole(65_536) })),
		maxLength(MOST_TRAY_FILES)
	),
	settings: exactOptional(
		strictObject({
			reimport: picklist(SETTING_VALUES.reimport),
			removal: picklist(SETTING_VALUES.removal)
		})
	)
};

/** At most one run per scenario, because each run takes time to replay. */
const isOneEach = (all: readonly { readonly scenarioId: string }[]): boolean =>
	new Set(all.map(({ scenarioId }) => scenarioId)).size === all.length;

const replayableSchema = strictObject(replayable);
const completionSchema = strictObject({
	...replayable,
	credit: boolean(),
	hints: whole(3),
	mistakes: whole(10_000),
	begunAtMs: instant,
	finishedAtMs: instant
});
const examSchema = strictObject({
	seed: whole(4_294_967_295),
	scenarioIds: pipe(array(identifier), maxLength(50)),
	results: pipe(
		array(strictObject({ scenarioId: identifier, cause: boolean(), mended: boolean() })),
		maxLength(50)
	),
	begunAtMs: instant,
	finishedAtMs: nullable(instant)
});

const schema = strictObject({
	format: literal(FORMAT),
	version: literal(1),
	completions: pipe(
		array(completionSchema),
		maxLength(MOST_RUNS),
		check((all) => isOneEach(all))
	),
	/** Absent: no such runs, or a file from an earlier version of the sandbox. */
	replayed: exactOptional(
		pipe(
			array(replayableSchema),
			maxLength(MOST_RUNS),
			check((all) => isOneEach(all))
		)
	),
	exam: nullable(examSchema)
});

export interface ProgressContents {
	readonly completions: readonly Completion[];
	readonly replayed: readonly Replayable[];
	readonly exam: Exam | null;
}

/**
 * What `fileToProgress` takes: where there is more, what was finished here goes before what came in files, and what was
 * finished last before the rest.
 *
 * @param contents one run for each scenario, in each list
 */
export function progressToFile({ completions, replayed, exam }: ProgressContents): Bytes {
	const newest = completions
		.filter((run) => is(completionSchema, run))
		.toSorted((one, other) => other.finishedAtMs - one.finishedAtMs)
		.slice(0, MOST_RUNS);
	const others = replayed.filter((run) => is(replayableSchema, run)).slice(0, MOST_RUNS);
	const rest = { exam: is(examSchema, exam) ? exam : null };
	const fitting = fittingIn(LONGEST_PROGRESS_BYTES - toBytes(rest).length, [...newest, ...others]);
	return toBytes({
		...rest,
		completions: completions.filter((run) => fitting.has(run)),
		replayed: others.filter((run) => fitting.has(run))
	});
}

/** @returns those of the runs, the first ones before the rest, that take no more than so many bytes */
function fittingIn(mostBytes: number, runs: readonly Replayable[]): ReadonlySet<Replayable> {
	const none = toBytes({}).length;
	let left = mostBytes;
	return new Set(
		runs.filter((run) => {
			// alone in its list it takes a little more than among others
			const bytes = toBytes({ replayed: [run] }).length - none;
			if (bytes > left) return false;
			left -= bytes;
			return true;
		})
	);
}

function toBytes({
	completions = [],
	replayed = [],
	exam = null
}: Partial<ProgressContents>): Bytes {
	const contents = {
		...{ format: FORMAT, version: 1, completions },
		...(replayed.length > 0 && { replayed }),
		exam
	};
	return new TextEncoder().encode(`${JSON.stringify(contents, null, '\t')}\n`);
}

/** @returns undefined if this is not an exported file */
export function fileToProgress(file: Bytes): ProgressContents | undefined {
	if (file.length > LONGEST_PROGRESS_BYTES) return undefined;
	try {
		const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file));
		const parsed = safeParse(schema, value, { abortEarly: true });
		if (!parsed.success) return undefined;
		const { completions, replayed = [], exam } = parsed.output;
		return { completions, replayed, exam };
	} catch {
		return undefined;
	}
}

/** @returns only the parts of a run that a replay needs */
export function replayableOf(run: Replayable): Replayable {
	const { scenarioId, kind, scenarioSha256, seed, actions, files, settings } = run;
	return {
		...{ scenarioId, kind, scenarioSha256, seed, actions, files },
		...(settings && { settings })
	};
}

/** @returns the claims of a file that a replay can't prove */
export function howFinished(completion: Completion): HowFinished {
	const { credit, hints, mistakes, begunAtMs, finishedAtMs } = completion;
	return { credit, hints, mistakes, begunAtMs, finishedAtMs };
}
