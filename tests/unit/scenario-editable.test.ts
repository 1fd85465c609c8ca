/** What the form of the lesson builder changes in a file, and what it leaves alone. */
import { describe, expect, test } from 'vitest';
import { LESSONS } from '$lib/course/catalogue';
import {
	readEditable,
	withAdded,
	withMoved,
	withoutItem,
	withText,
	writeScenario,
	type Editable
} from '$lib/scenario/editable';
import type { Scenario } from '$lib/scenario/format';
import { emptyTexts, missingParts } from '$lib/scenario/lint';
import { checkScenario } from '$lib/scenario/read-scenario';
import { UNWRITTEN } from '$lib/scenario/shown-text';

const text = (word: string) => ({ en: word, 'zh-CN': word });

const DRAFT: Scenario = {
	version: 1,
	id: 'draft',
	kind: 'lesson',
	title: text('title'),
	summary: text('summary'),
	seed: 1,
	clock: { startsAt: '2026-03-02T09:00:00Z' },
	start: [],
	steps: [
		{ text: text('first'), goal: 'made' },
		{ text: text('second'), goal: 'used', page: 'keys' }
	],
	goals: [
		{ id: 'made', text: text('made'), when: { key: 'any', made: true } },
		{ id: 'used', text: text('used'), when: { event: 'Encrypt' } }
	],
	questions: [],
	hints: [text('a'), text('b'), text('c')],
	solution: [{ do: 'CreateCmk', key: 'key1' }]
};

function editable(value: object = DRAFT): Editable {
	const read = readEditable(writeScenario(value));
	if (!read) throw new Error('not editable');
	return read;
}

describe('reading', () => {
	test.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))(
		'%s is written as it was read',
		(_, lesson) => {
			expect(writeScenario(editable(lesson))).toBe(writeScenario(lesson));
		}
	);

	test('what is not valid yet is shown all the same', () => {
		const half = { ...DRAFT, id: 'Not An Id', title: text(''), kind: 'novel' };
		expect(checkScenario(half).ok).toBe(false);
		expect(editable(half)).toEqual(half);
	});

	test.each([
		['no JSON', '{'],
		['no object', '[]'],
		['null', 'null'],
		['a title in one language', writeScenario({ ...DRAFT, title: { en: 'x' } })],
		['no goals', writeScenario({ ...DRAFT, goals: undefined })],
		['a step that is a text', writeScenario({ ...DRAFT, steps: ['x'] })]
	])('nothing to show: %s', (_, json) => {
		expect(readEditable(json)).toBeUndefined();
	});
});

describe('changing', () => {
	test('a text in one list changes there alone', () => {
		const { steps, goals, hints } = DRAFT;
		const changed = withText(editable(), 'goals', 1, text('new'));
		expect(changed).toEqual({ ...DRAFT, goals: [goals[0], { ...goals[1], text: text('new') }] });
		expect(withText(editable(), 'steps', 0, text('new'))).toEqual({
			...DRAFT,
			steps: [{ ...steps[0], text: text('new') }, steps[1]]
		});
		expect(withText(editable(), 'hints', 2, text('new')).hints).toEqual([
			...hints.slice(0, 2),
			text('new')
		]);
	});

	test('items change places', () => {
		expect(withMoved(editable(), 'hints', 2, 0).hints).toEqual([text('c'), text('a'), text('b')]);
		expect(withMoved(editable(), 'goals', 0, 1).goals.map(({ id }) => id)).toEqual([
			'used',
			'made'
		]);
		expect(withMoved(editable(), 'steps', 1, 0).steps).toEqual(DRAFT.steps.toReversed());
	});

	test('with a goal goes what a step waits for, so that the file stays valid', () => {
		const changed = withoutItem(editable(), 'goals', 1);
		expect(changed.goals.map(({ id }) => id)).toEqual(['made']);
		expect(changed.steps).toEqual([DRAFT.steps[0], { text: text('second'), page: 'keys' }]);
		expect(checkScenario(changed).ok).toBe(true);
	});

	test('steps and hints go and come', () => {
		expect(withoutItem(editable(), 'steps', 0).steps).toEqual([DRAFT.steps[1]]);
		expect(withoutItem(editable(), 'hints', 0).hints).toEqual([text('b'), text('c')]);
		expect(withAdded(editable(), 'hints', text('d')).hints).toHaveLength(4);
		expect(withAdded(editable(), 'steps', text('third')).steps.at(-1)).toEqual({
			text: text('third')
		});
	});
});

describe('what a draft still lacks', () => {
	test('the time it takes', () => {
		expect(missingParts(DRAFT)).toEqual(['minutes']);
	});

	test('texts that are not written, in both languages', () => {
		expect(missingParts({ ...DRAFT, minutes: 5 })).toEqual([]);
		expect(emptyTexts(DRAFT)).toEqual([]);
		for (const language of ['en', 'zh-CN'] as const) {
			const summary = { ...text('summary'), [language]: UNWRITTEN };
			expect(emptyTexts({ ...DRAFT, summary })).toEqual([{ place: 'summary', language }]);
			const [first, ...others] = DRAFT.hints;
			const hints = [{ ...(first ?? text('')), [language]: '' }, ...others];
			expect(emptyTexts({ ...DRAFT, hints })).toEqual([{ place: 'hints[0]', language }]);
		}
	});
});
