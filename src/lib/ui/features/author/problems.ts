/** Why a scenario is not taken, with the place in it, and what a draft still lacks. */
import { m } from '$lib/paraglide/messages';
import { LONGEST_SCENARIO_BYTES } from '$lib/scenario/limits';
import type { LinkProblem } from '$lib/scenario/link';
import type { MissingPart } from '$lib/scenario/lint';
import type { ScenarioProblem } from '$lib/scenario/read-scenario';
import { sizeText } from '$lib/ui/kit/sizes';

/** What a file or a link can have that keeps it from being opened. */
export type OpenProblem =
	| ScenarioProblem
	| { readonly kind: LinkProblem }
	/** Moved or deleted meanwhile, or a folder. */
	| { readonly kind: 'Unreadable' }
	/** Runs are kept by id: another one would count as one of the app's own. */
	| { readonly kind: 'IdTaken'; readonly id: string };

export interface ProblemText {
	readonly text: string;
	/** In the words of the format, which are the same in every language. */
	readonly facts: readonly { readonly label: string; readonly value: string }[];
}

const plain = (text: string): ProblemText => ({ text, facts: [] });

export function problemText(problem: OpenProblem): ProblemText {
	switch (problem.kind) {
		case 'TooLarge':
			return plain(m.author_problem_too_large({ most: sizeText(LONGEST_SCENARIO_BYTES) }));
		case 'NotJson':
			return plain(m.author_problem_not_json());
		case 'NewerVersion':
			return plain(m.author_problem_newer());
		case 'Shape':
			return {
				text: m.author_problem_shape(),
				facts: [
					place(problem.place),
					...fact(m.author_expected(), problem.expected),
					...fact(m.author_received(), problem.received)
				]
			};
		case 'Reference':
			return {
				text: m.author_problem_reference(),
				facts: [place(problem.place), ...fact(m.author_named(), problem.name)]
			};
		case 'NoScenario':
			return plain(m.author_problem_no_scenario());
		case 'Damaged':
			return plain(m.author_problem_damaged());
		case 'Unreadable':
			return plain(m.author_problem_unreadable());
		case 'IdTaken':
			return plain(m.author_problem_id_taken({ id: problem.id }));
	}
}

const place = (value: string) => ({
	label: m.author_place(),
	value: value === '' ? m.author_whole_file() : value
});

const fact = (label: string, value: string) => (value === '' ? [] : [{ label, value }]);

const MISSING: Readonly<Record<MissingPart, () => string>> = {
	hints: m.author_missing_hints,
	goals: m.author_missing_goals,
	solution: m.author_missing_solution,
	minutes: m.author_missing_minutes,
	steps: m.author_missing_steps,
	cause: m.author_missing_cause
};

export function missingPartText(part: MissingPart): string {
	return MISSING[part]();
}
