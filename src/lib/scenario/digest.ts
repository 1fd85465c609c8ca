/** Digests that identify a scenario, independent of how its file is formatted. */
import { sha256HexNow } from '../crypto/sha256';
import type { Scenario } from './format';
import { named } from './handles';

/** Two digests of one version of a scenario, both SHA-256 as 64 hexadecimal characters. */
export interface ScenarioDigests {
	/** The digest of the whole scenario. */
	readonly sha256: string;
	/** The digest of the played parts. It stays the same if only texts change. */
	readonly played: string;
}

/** By the scenario's ID: the digests of earlier versions and of the present version. */
export type KnownDigests = Readonly<Record<string, readonly ScenarioDigests[]>>;

/**
 * The digest does not depend on the order of fields, which may differ between a file and the scenario read from the file.
 *
 * @returns SHA-256, 64 hexadecimal characters
 */
export function scenarioDigest(scenario: Scenario): string {
	return digestOf(scenario);
}

/** Like `scenarioDigest`, but only of the played parts. */
export function playedDigest(scenario: Scenario): string {
	return digestOf(playedParts(scenario));
}

/**
 * Whether a digest belongs to this scenario: to its present version, or to an earlier version that differs only in texts.
 */
export function isSameScenario(known: KnownDigests, scenario: Scenario, sha256: string): boolean {
	if (sha256 === scenarioDigest(scenario)) return true;
	const played = playedDigest(scenario);
	return digestsOf(known, scenario.id).some(
		(one) => one.sha256 === sha256 && one.played === played
	);
}

/** Whether two digests belong to versions of one scenario with the same played parts. */
export function areOfOneScenario(known: KnownDigests, id: string, a: string, b: string): boolean {
	const playedOf = (sha256: string) =>
		digestsOf(known, id).flatMap((one) => (one.sha256 === sha256 ? [one.played] : []));
	return a === b || playedOf(a).some((played) => playedOf(b).includes(played));
}

const digestsOf = (known: KnownDigests, id: string): readonly ScenarioDigests[] =>
	named(known, id) ?? [];

/** Fields that are only read, not played: of a scenario, its goals, its questions and their choices. */
const READ_ONLY = {
	scenario: ['$schema', 'title', 'summary', 'minutes', 'steps', 'hints'],
	goal: ['text', 'notYet'],
	question: ['text', 'explanation'],
	choice: ['text']
} as const;

/**
 * The scenario without the fields that are only read. A field that is not listed above counts as played, so that a new
 * field never makes two scenarios equal by mistake.
 */
function playedParts(scenario: Scenario): object {
	return {
		...without(scenario, READ_ONLY.scenario),
		goals: scenario.goals.map((goal) => without(goal, READ_ONLY.goal)),
		questions: scenario.questions.map((question) => ({
			...without(question, READ_ONLY.question),
			choices: question.choices.map((choice) => without(choice, READ_ONLY.choice))
		}))
	};
}

function without<T extends object>(value: T, names: readonly (keyof T & string)[]): object {
	const left = Object.entries(value).filter(([name]) => !names.some((one) => one === name));
	return Object.fromEntries(left);
}

function digestOf(value: unknown): string {
	return sha256HexNow(new TextEncoder().encode(JSON.stringify(value, sorted)));
}

function sorted(_: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
