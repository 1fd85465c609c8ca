/**
 * The only way from a text of a scenario to a page: it selects the language and resolves every `{…}`. A raw text is not a
 * string, and what shows texts takes a `ShownText`, so that no other way compiles.
 */
import { displayText } from '../domain/display-text';
import type { Language, LocalizedText, RawText } from './format';
import { resolveNames, type Names } from './names';

export const LANGUAGES = ['en', 'zh-CN'] as const satisfies readonly Language[];

/** Stands in a draft for a text that isn’t written yet. */
export const UNWRITTEN = '…';

declare const resolved: unique symbol;

export interface ShownText {
	readonly text: string & { readonly [resolved]: true };
	/** The language of the text, which may differ from the language of the page. */
	readonly language: Language;
}

export function shownText(texts: LocalizedText, names: Names, wanted: Language): ShownText {
	const { text, language } = chooseText(texts, wanted);
	return { text: displayText(resolveNames(stringOf(text), names)) as ShownText['text'], language };
}

/** The wanted language, or the language that is there if the text isn't written in the wanted one. */
export function chooseText(
	texts: LocalizedText,
	wanted: Language
): { readonly text: RawText; readonly language: Language } {
	const language = [wanted, ...LANGUAGES].find((one) => isWritten(texts[one]));
	return language === undefined
		? { text: UNWRITTEN, language: wanted }
		: { text: texts[language], language };
}

export const isWritten = (text: RawText): boolean =>
	!['', UNWRITTEN].includes(displayText(stringOf(text)).trim());

/** For checks and editors, which don't show the text to a reader. */
export const stringOf = (text: RawText): string => text as string;
