/** What a lesson and a drill must have, beyond what any scenario has. */
import type { Language, LocalizedText, Scenario } from './format';
import { namesIn, succeeds } from './names';
import { isWritten, LANGUAGES, stringOf } from './shown-text';

const HINTS = 3;

const TEXTS = {
	hints: `hints: ${String(HINTS)} are needed`,
	goals: 'goals: there is none',
	solution: 'solution: there is none',
	minutes: 'minutes: how long does it take?',
	steps: 'steps: there is none',
	cause: 'questions: one has to ask for the cause'
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
		cause: kind === 'drill' && causes.length !== 1
	};
	return (Object.keys(TEXTS) as MissingPart[]).filter((part) => isMissing[part]);
}

/** A text of a scenario in one language. */
export interface TextField {
	/** Such as `goals[0].text`. */
	readonly place: string;
	readonly language: Language;
}

/** @returns the texts that are not written in a language */
export function emptyTexts(scenario: Scenario): TextField[] {
	return textFields(scenario)
		.filter(({ text }) => !isWritten(text))
		.map(({ place, language }) => ({ place, language }));
}

export interface UnknownName extends TextField {
	readonly name: string;
}

/** @returns the names in texts that a run has no value for: neither drawn, nor of a CMK or a call of the start state */
export function unknownNames(scenario: Scenario): UnknownName[] {
	const known = new Set([
		...Object.keys(scenario.names ?? {}),
		...scenario.start
			.filter(succeeds)
			.flatMap((action) => [
				...(action.do === 'CreateCmk' ? [action.key] : []),
				...('call' in action ? [action.call] : [])
			])
	]);
	return textFields(scenario).flatMap(({ text, place, language }) =>
		namesIn(stringOf(text))
			.filter((name) => !known.has(name))
			.map((name) => ({ place, language, name }))
	);
}

/** @returns in the words of a developer; empty: nothing is missing */
export function missingTexts(scenario: Scenario): string[] {
	if (scenario.kind === 'sandbox') return [];
	return [
		...missingParts(scenario).map((part) => TEXTS[part]),
		...emptyTexts(scenario).map(({ place, language }) => `${place}.${language}: is not written`),
		...unknownNames(scenario).map(
			({ place, language, name }) => `${place}.${language}: {${name}} stands for nothing`
		)
	];
}

const textFields = (scenario: Scenario) =>
	allTexts(scenario).flatMap(([place, texts]) =>
		LANGUAGES.map((language) => ({ place, language, text: texts[language] }))
	);

/** Every text that a page shows of a scenario, by its place. */
export function allTexts(scenario: Scenario): (readonly [place: string, texts: LocalizedText])[] {
	const { title, summary, goals, steps, questions, hints } = scenario;
	const at = (list: string, index: number, rest = '') => `${list}[${String(index)}]${rest}`;
	return [
		['title', title],
		['summary', summary],
		...goals.flatMap(({ text, notYet }, index) => [
			[at('goals', index, '.text'), text] as const,
			...(notYet ? [[at('goals', index, '.notYet'), notYet] as const] : [])
		]),
		...steps.map(({ text }, index) => [at('steps', index, '.text'), text] as const),
		...questions.flatMap(({ text, choices, explanation }, index) => [
			[at('questions', index, '.text'), text] as const,
			...choices.map(
				(choice, number) =>
					[at('questions', index, `.choices[${String(number)}].text`), choice.text] as const
			),
			[at('questions', index, '.explanation'), explanation] as const
		]),
		...hints.map((text, index) => [at('hints', index), text] as const)
	];
}
