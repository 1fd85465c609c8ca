/** What Check of the lesson builder lists, and where each entry leads. */
import { expect, test } from 'vitest';
import { checkDraft } from '$lib/ui/features/author/checked';
import { fieldId, fieldName, isInForm } from '$lib/ui/features/author/fields';
import type { Scenario } from '$lib/scenario/format';

const both = { en: 'text', 'zh-CN': '文本' };
const english = { en: 'text', 'zh-CN': '' };

const DRAFT: Scenario = {
	version: 1,
	id: 'draft',
	kind: 'sandbox',
	title: english,
	summary: both,
	seed: 1,
	clock: { startsAt: '2026-03-02T09:00:00Z' },
	start: [],
	steps: [{ text: both }, { text: english }],
	goals: [{ id: 'made', text: english, notYet: english, when: { key: 'any' } }],
	questions: [],
	hints: [english, { ...both, en: 'in {no-name} of {nothing}' }],
	solution: []
};

const check = (draft: object) => checkDraft(new TextEncoder().encode(JSON.stringify(draft)));

test('a draft in one language is valid, and each field that is empty in the other is listed', () => {
	const checked = check(DRAFT);
	if (!checked.ok) throw new Error(checked.problem.kind);
	expect(
		checked.empty.map((field) => [fieldName(field.place), isInForm(field.place), fieldId(field)])
	).toEqual([
		['Title', true, 'author-title-zh-CN'],
		['Goal 1', true, 'author-goals-0-text-zh-CN'],
		['goals[0].notYet', false, 'author-goals-0-notYet-zh-CN'],
		['Step 2', true, 'author-steps-1-text-zh-CN'],
		['Hint 1', true, 'author-hints-0--zh-CN']
	]);
});

test('a name that stands for nothing is listed with its field', () => {
	expect(check(DRAFT)).toMatchObject({
		ok: true,
		unknown: [{ place: 'hints[1]', language: 'en', name: 'nothing' }]
	});
});

test('a draft that is no scenario has a problem, and no list', () => {
	expect(check({ ...DRAFT, version: 0 })).toMatchObject({ ok: false, problem: { kind: 'Shape' } });
});
