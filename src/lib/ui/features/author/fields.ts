/** The fields of the editor, by the places of their texts in the file. */
import { m } from '$lib/paraglide/messages';
import type { Language } from '$lib/scenario/format';
import type { TextField } from '$lib/scenario/lint';

const NAMES = new Map<string, (at: { number: number }) => string>([
	['title', () => m.author_title()],
	['summary', () => m.author_summary()],
	['goals', m.author_goal],
	['steps', m.author_step],
	['hints', m.author_hint]
]);
const IN_FORM = /^(title|summary|goals|steps|hints)(?:\[(\d+)\](?:\.text)?)?$/;

/** Whether the form has a field for the text; other texts are only in the JSON. */
export const isInForm = (place: string): boolean => IN_FORM.test(place);

export const fieldId = ({ place, language }: TextField): string =>
	`author-${place.replaceAll(/\W+/g, '-')}-${language}`;

/** As the form names the field, or the place in the JSON. */
export function fieldName(place: string): string {
	const [, list = '', index = '0'] = IN_FORM.exec(place) ?? [];
	return NAMES.get(list)?.({ number: Number(index) + 1 }) ?? place;
}

const LANGUAGE_NAMES: Readonly<Record<Language, () => string>> = {
	en: m.author_english,
	'zh-CN': m.author_chinese
};

export const languageName = (language: Language): string => LANGUAGE_NAMES[language]();
