/** What a lesson and a drill must have, beyond what any scenario has. */
import type { LocalizedText, Scenario } from './format';

const HINTS = 3;

/** Stands in a draft for a text that nobody has written yet. */
export const UNWRITTEN = '…';

const TEXTS = {
	hints: `hints: ${String(HINTS)} are needed`,
	goals: 'goals: there is none',
	solution: 'solution: there is none',
	minutes: 'minutes: how long does it take?',
	steps: 'steps: there is none',
	cause: 'questions: one has to ask for the cause',
	texts: `texts: ${UNWRITTEN} stands for one that is not written`
} as const;

export type MissingPart = keyof typeof TEXTS;

/** @returns empty: nothing is missing */
export function missingParts(scenario: Scenario): MissingPart[] {
	const { kind, hints, steps, goals, questions, solution, minutes } = scenario;
	if (kind === 'sandbox') return [];
	const causes = questions.filter(({ cause }) => cause === true);
	const isMissing: Readonly<Record<MissingPart, boolean>> = {
		hints: hints.length !== HINTS,
		goals: goals.length === 0,
		solution: solution.length === 0,
		minutes: minutes === undefined,
		steps: kind === 'lesson' && steps.length === 0,
		cause: kind === 'drill' && causes.length !== 1,
		texts: ownTexts(scenario).some((text) => Object.values(text).includes(UNWRITTEN))
	};
	return (Object.keys(TEXTS) as MissingPart[]).filter((part) => isMissing[part]);
}

/** @returns in the words of a developer; empty: nothing is missing */
export function missingTexts(scenario: Scenario): string[] {
	return missingParts(scenario).map((part) => TEXTS[part]);
}

/** Those that a draft leaves open. */
function ownTexts({ title, summary, steps, goals, hints }: Scenario): LocalizedText[] {
	return [title, summary, ...hints, ...[...steps, ...goals].map(({ text }) => text)];
}
