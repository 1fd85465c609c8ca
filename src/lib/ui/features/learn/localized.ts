/** A scenario's own texts, in the language of the page, or else in the language that is there. */
import { getLocale } from '$lib/paraglide/runtime';
import type { Language, LocalizedText, Scenario } from '$lib/scenario/format';
import { namesBeforeRun, type Names } from '$lib/scenario/names';
import { shownText, type ShownText } from '$lib/scenario/shown-text';

export const localized = (texts: LocalizedText, names: Names): ShownText =>
	shownText(texts, names, getLocale());

/** As its own readers call it. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '中文' };

/** For `data-language`, which shows it: the language of a text, where that isn't the language of the page. */
export const languageTag = ({ language }: ShownText): string | undefined =>
	language === getLocale() ? undefined : NAMES[language];

/** Outside of a run. */
export const titleOf = (
	scenario: Pick<Scenario, 'title' | 'names' | 'seed' | 'start'>
): ShownText => localized(scenario.title, namesBeforeRun(scenario));
