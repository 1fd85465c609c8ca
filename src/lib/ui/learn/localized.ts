/** A scenario's own texts, in the language of the page, or else in the language that is there. */
import { getLocale } from '$lib/paraglide/runtime';
import type { LocalizedText, Scenario } from '$lib/scenario/format';
import { namesBeforeRun, type Names } from '$lib/scenario/names';
import { shownText, type ShownText } from '$lib/scenario/shown-text';

export const localized = (texts: LocalizedText, names: Names): ShownText =>
	shownText(texts, names, getLocale());

/** Outside of a run. */
export const titleOf = (
	scenario: Pick<Scenario, 'title' | 'names' | 'seed' | 'start'>
): ShownText => localized(scenario.title, namesBeforeRun(scenario));
