/** The texts of scenarios, as covers, panels, exams and end pages show them: in a language that is there, without `{…}`. */
import { describe, expect, test } from 'vitest';
import { DEMOS } from '$lib/embed/demos';
import type { Action, LocalizedText, Scenario } from '$lib/scenario/format';
import { allTexts, emptyTexts, missingTexts, unknownNames } from '$lib/scenario/lint';
import { namesBeforeRun, namesIn, succeeds, type Names } from '$lib/scenario/names';
import { checkScenario } from '$lib/scenario/read-scenario';
import { chooseText, LANGUAGES, shownText, stringOf, UNWRITTEN } from '$lib/scenario/shown-text';
import { readSources } from '../architecture/sources';

const REFERENCE = /\{\w+\}/;

/** The start makes all of them, so each has a value once a run has begun. */
function namesInRun(scenario: Scenario): Names {
	const made = (action: Action) =>
		action.do === 'CreateCmk'
			? [[action.key, '0a1b2c3d']]
			: action.do === 'GetParametersForImport'
				? [[action.call, '0a1b2c3d_1']]
				: [];
	return {
		...namesBeforeRun(scenario),
		...(Object.fromEntries(scenario.start.filter(succeeds).flatMap(made)) as Names)
	};
}

/** However deep: whatever is in both languages. */
function countTexts(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	if ('en' in value) return 1;
	return Object.values(value).reduce<number>((sum, inner) => sum + countTexts(inner), 0);
}

describe.each(DEMOS)('$name', ({ scenario }) => {
	test('no text holds a name in braces, before a run and in it', () => {
		for (const names of [namesBeforeRun(scenario), namesInRun(scenario)])
			for (const [place, texts] of allTexts(scenario))
				for (const language of LANGUAGES) {
					const shown = shownText(texts, names, language);
					expect(shown.text, `${place}.${language}`).not.toMatch(REFERENCE);
					expect(shown.language, place).toBe(language);
				}
	});

	test('every text of the file is in the list of texts', () => {
		expect(allTexts(scenario)).toHaveLength(countTexts(scenario));
	});

	test('every name in a text has a value in a run', () => {
		expect(unknownNames(scenario)).toEqual([]);
	});

	test('the title, the summary and the goals of the cover name no call, which has no number yet', () => {
		const calls = scenario.start.flatMap((action) => ('call' in action ? [action.call] : []));
		const goals = scenario.kind === 'drill' ? [] : scenario.goals.map(({ text }) => text);
		const written = [scenario.title, scenario.summary, ...goals].flatMap((texts) =>
			LANGUAGES.flatMap((language) => namesIn(stringOf(texts[language])))
		);
		expect(written.filter((name) => calls.includes(name))).toEqual([]);
	});
});

test('for the compiler, a raw text is not a string, so that no message and no property takes it', () => {
	const raw: LocalizedText = { en: 'of {company}', 'zh-CN': '' };
	// @ts-expect-error -- only what `shownText` returns is a string
	const text: string = raw.en;
	expect(text).toBe(stringOf(raw.en));
});

test('before a run a CMK is named by its alias, or else by its name in the file', () => {
	const scenario: Parameters<typeof namesBeforeRun>[0] = {
		seed: 1,
		names: { company: ['Acme'] },
		start: [
			{ do: 'CreateCmk', key: 'first', alias: 'keys of {company}' },
			{ do: 'CreateCmk', key: 'second' },
			{ do: 'CreateCmk', key: 'third', alias: 'old' },
			{ do: 'UpdateAlias', key: 'third', alias: 'new' },
			{ do: 'UpdateAlias', key: 'third', alias: 'refused', expect: 'KeyNotFound' }
		]
	};
	const text = '{company}, {first}, {second}, {third}, {unknown}, {"no": name}';
	const shown = shownText({ en: text, 'zh-CN': text }, namesBeforeRun(scenario), 'en');
	expect(shown.text).toBe('Acme, keys of Acme, second, new, unknown, {"no": name}');
});

describe('the language of a text', () => {
	const both = { en: 'text', 'zh-CN': '文本' };

	test('is the wanted one where it is written', () => {
		expect(chooseText(both, 'en')).toEqual({ text: 'text', language: 'en' });
		expect(chooseText(both, 'zh-CN')).toEqual({ text: '文本', language: 'zh-CN' });
	});

	test.each(['', ' \n', UNWRITTEN, ` ${UNWRITTEN} `, '\u2066\u2069'])(
		'is the other one where the wanted one is %j',
		(empty) => {
			const english = { ...both, 'zh-CN': empty };
			expect(chooseText(english, 'zh-CN')).toEqual({ text: 'text', language: 'en' });
			const chinese = { ...both, en: empty };
			expect(chooseText(chinese, 'en')).toEqual({ text: '文本', language: 'zh-CN' });
			expect(shownText(chinese, {}, 'en')).toEqual({ text: '文本', language: 'zh-CN' });
		}
	);

	test('is the wanted one where neither is written: the text is an ellipsis', () => {
		for (const wanted of LANGUAGES)
			expect(chooseText({ en: '', 'zh-CN': UNWRITTEN }, wanted)).toEqual({
				text: UNWRITTEN,
				language: wanted
			});
	});
});

describe('what is not written', () => {
	const written: LocalizedText = { en: 'text', 'zh-CN': '文本' };
	const half: LocalizedText = { en: 'text', 'zh-CN': '' };
	const scenario: Scenario = {
		version: 1,
		id: 'half',
		kind: 'sandbox',
		title: { en: UNWRITTEN, 'zh-CN': '标题' },
		summary: written,
		seed: 1,
		clock: { startsAt: '2026-03-02T09:00:00Z' },
		start: [],
		steps: [{ text: written }, { text: half }],
		goals: [{ id: 'made', text: half, notYet: half, when: { key: 'any' } }],
		questions: [
			{
				id: 'what',
				text: half,
				choices: [
					{ id: 'a', text: written },
					{ id: 'b', text: half }
				],
				answer: 'a',
				explanation: half
			}
		],
		hints: [written, half],
		solution: []
	};

	test('is a scenario all the same', () => {
		expect(checkScenario(scenario)).toEqual({ ok: true, scenario });
	});

	test('is listed field by field, with its language', () => {
		expect(emptyTexts(scenario).map(({ place, language }) => `${place} ${language}`)).toEqual([
			'title en',
			'goals[0].text zh-CN',
			'goals[0].notYet zh-CN',
			'steps[1].text zh-CN',
			'questions[0].text zh-CN',
			'questions[0].choices[1].text zh-CN',
			'questions[0].explanation zh-CN',
			'hints[1] zh-CN'
		]);
		expect(emptyTexts({ ...scenario, title: written, goals: [], steps: [] })).toHaveLength(4);
		expect(missingTexts({ ...scenario, kind: 'lesson' })).toContain('title.en: is not written');
	});

	test('and a name that stands for nothing is listed with its field', () => {
		const named = { en: 'into {archiv}', 'zh-CN': '{orders}' };
		const start: Action[] = [{ do: 'CreateCmk', key: 'orders' }];
		expect(unknownNames({ ...scenario, start, hints: [named] })).toEqual([
			{ place: 'hints[0]', language: 'en', name: 'archiv' }
		]);
	});
});

describe('what no type sees: a raw text in markup', () => {
	const SHOWING =
		/^(?:routes\/learn|lib\/embed|lib\/ui\/(?:author|certificate|embed|exam|learn))\/.*\.svelte$/;
	const FIELD = '(?:title|summary|text|explanation|notYet)';
	const raw = new RegExp(
		`\\{[\\w.]*(?:scenario|goal|step|question|choice)\\.${FIELD}\\b|\\.${FIELD}(?:\\.en\\b|\\[['\\w])`,
		'i'
	);

	test('is in no component', () => {
		const found = [...readSources()].filter(
			([path, source]) => SHOWING.test(path) && raw.test(source)
		);
		expect(found.map(([path]) => path)).toEqual([]);
	});

	test.each([
		'{scenario.title}',
		'{run.scenario.summary.en}',
		"{own.title['zh-CN']}",
		'{goal.text}'
	])('planted: %s', (markup) => {
		expect(markup).toMatch(raw);
	});
});
