/** Prose from outside, cleaned for display. Names have more rules: see `display-name.ts`. */

/** Characters that prose doesn't need: they change the direction of the text around them, or hide text. */
const UNSEEN_IN_TEXT =
	/[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Keeps line breaks, joiners and variation selectors. Removes characters that change directions or hide text. */
export function displayText(text: string): string {
	return text.toWellFormed().replace(UNSEEN_IN_TEXT, '');
}
