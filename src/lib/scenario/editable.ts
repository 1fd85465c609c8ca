/**
 * The members of a scenario file that a form can show, read from a text that is being written: it need not be valid, and
 * what the form does not show is kept as it is. Pure.
 */
import {
	array,
	exactOptional,
	is,
	looseObject,
	number,
	strictObject,
	string,
	unknown,
	type InferOutput
} from 'valibot';

const text = strictObject({ en: string(), 'zh-CN': string() });
/** As it is written, with `{…}`. */
export type WrittenText = InferOutput<typeof text>;

const schema = looseObject({
	id: string(),
	kind: string(),
	minutes: exactOptional(number()),
	title: text,
	summary: text,
	steps: array(looseObject({ text, goal: exactOptional(string()) })),
	goals: array(looseObject({ id: string(), text, when: unknown() })),
	hints: array(text)
});
export type Editable = InferOutput<typeof schema>;

/** The lists of texts in it. */
export type TextListName = 'steps' | 'goals' | 'hints';

/** @returns undefined where a form would have nothing to show, or would spoil what it does not understand */
export function readEditable(json: string): Editable | undefined {
	try {
		const value: unknown = JSON.parse(json);
		// the value itself: its members stay in the order in which the author has them
		return is(schema, value) ? value : undefined;
	} catch {
		return undefined;
	}
}

export function writeScenario(scenario: object): string {
	return `${JSON.stringify(scenario, null, '\t')}\n`;
}

export function textsOf(editable: Editable, list: TextListName): readonly WrittenText[] {
	return list === 'hints' ? editable.hints : editable[list].map((item) => item.text);
}

export function withText(
	editable: Editable,
	list: TextListName,
	index: number,
	changed: WrittenText
): Editable {
	if (list === 'hints') return { ...editable, hints: editable.hints.with(index, changed) };
	if (list === 'steps')
		return { ...editable, steps: editable.steps.map(replaceText(index, changed)) };
	return { ...editable, goals: editable.goals.map(replaceText(index, changed)) };
}

const replaceText =
	(index: number, changed: WrittenText) =>
	<T extends { text: WrittenText }>(item: T, at: number): T =>
		at === index ? { ...item, text: changed } : item;

/** @param to where it stands afterwards */
export function withMoved(
	editable: Editable,
	list: TextListName,
	index: number,
	to: number
): Editable {
	const move = <T>(items: readonly T[]): T[] => {
		const rest = items.filter((_, at) => at !== index);
		return [...rest.slice(0, to), ...items.slice(index, index + 1), ...rest.slice(to)];
	};
	const { steps, goals, hints } = editable;
	if (list === 'hints') return { ...editable, hints: move(hints) };
	return list === 'steps'
		? { ...editable, steps: move(steps) }
		: { ...editable, goals: move(goals) };
}

/** A step that waits for a goal that goes waits for nothing from then on. */
export function withoutItem(editable: Editable, list: TextListName, index: number): Editable {
	const drop = <T>(items: readonly T[]): T[] => items.filter((_, at) => at !== index);
	const { steps, goals, hints } = editable;
	if (list === 'hints') return { ...editable, hints: drop(hints) };
	if (list === 'steps') return { ...editable, steps: drop(steps) };
	const gone = goals[index]?.id;
	const unbound = steps.map((step) => {
		const { goal, ...rest } = step;
		return goal === gone ? rest : step;
	});
	return { ...editable, goals: drop(goals), steps: unbound };
}

/** Goals are not added like this: they need a condition. */
export function withAdded(
	editable: Editable,
	list: Exclude<TextListName, 'goals'>,
	added: WrittenText
): Editable {
	const { steps, hints } = editable;
	return list === 'hints'
		? { ...editable, hints: [...hints, added] }
		: { ...editable, steps: [...steps, { text: added }] };
}
