/** What a lesson and a drill must have, beyond what any scenario has. */
import type { Scenario } from './format';

const HINTS = 3;

/** @returns in the words of a developer; empty: nothing is missing */
export function missingTexts({
	kind,
	hints,
	steps,
	goals,
	questions,
	solution,
	minutes
}: Scenario): string[] {
	if (kind === 'sandbox') return [];
	const causes = questions.filter(({ cause }) => cause === true);
	return [
		hints.length === HINTS ? [] : [`hints: ${String(HINTS)} are needed`],
		goals.length > 0 ? [] : ['goals: there is none'],
		solution.length > 0 ? [] : ['solution: there is none'],
		minutes === undefined ? ['minutes: how long does it take?'] : [],
		kind === 'lesson' && steps.length === 0 ? ['steps: there is none'] : [],
		kind === 'drill' && causes.length !== 1 ? ['questions: one has to ask for the cause'] : []
	].flat();
}
