/** Tells one scenario from another, whoever wrote it down. */
import { sha256HexNow } from '../crypto/sha256';
import type { Scenario } from './format';
import { named } from './handles';

/** Two digests of one scenario at one time, both SHA-256 as 64 hexadecimal digits. */
export interface ScenarioDigests {
	/** Of all of it. */
	readonly sha256: string;
	/** Of what is played: it stays the same when only texts change. */
	readonly played: string;
}

/** By the scenario's id: what it was, and what it is. */
export type KnownDigests = Readonly<Record<string, readonly ScenarioDigests[]>>;

/**
 * The order of members says nothing: it differs between a file and what was read from it.
 *
 * @returns SHA-256, 64 hexadecimal digits
 */
export function scenarioDigest(scenario: Scenario): string {
	return digestOf(scenario);
}

/** As `scenarioDigest`, of what is played. */
export function playedDigest(scenario: Scenario): string {
	return digestOf(playedParts(scenario));
}

/**
 * Whether a digest is of this scenario as far as it is played: of the scenario as it is now, or of an earlier one that
 * differs in texts only.
 */
export function isSameScenario(known: KnownDigests, scenario: Scenario, sha256: string): boolean {
	if (sha256 === scenarioDigest(scenario)) return true;
	const played = playedDigest(scenario);
	return digestsOf(known, scenario.id).some(
		(one) => one.sha256 === sha256 && one.played === played
	);
}

/** Whether two digests are of one scenario as far as it is played. */
export function areOfOneScenario(known: KnownDigests, id: string, a: string, b: string): boolean {
	const playedOf = (sha256: string) =>
		digestsOf(known, id).flatMap((one) => (one.sha256 === sha256 ? [one.played] : []));
	return a === b || playedOf(a).some((played) => playedOf(b).includes(played));
}

const digestsOf = (known: KnownDigests, id: string): readonly ScenarioDigests[] =>
	named(known, id) ?? [];

/** Members that are only read, of a scenario, its goals, its questions and their choices. */
const READ_ONLY = {
	scenario: ['$schema', 'title', 'summary', 'minutes', 'steps', 'hints'],
	goal: ['text', 'notYet'],
	question: ['text', 'explanation'],
	choice: ['text']
} as const;

/**
 * The scenario without what is only read. A member that is not named above counts as played, so that a new one never makes
 * two scenarios equal by mistake.
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
