/** A scenario's own texts, in the language of the page. */
import { displayText } from '$lib/domain/display-text';
import { getLocale } from '$lib/paraglide/runtime';
import type { LocalizedText } from '$lib/scenario/format';
import { fillNames } from '$lib/scenario/names';

/** @param names what `{…}` stands for, where that is known */
export function localized(
	text: LocalizedText,
	names: Readonly<Record<string, string>> = {}
): string {
	return displayText(fillNames(text[getLocale()], names));
}
