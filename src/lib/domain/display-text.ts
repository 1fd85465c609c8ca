/** Prose from outside, as it is shown. Names have more rules: see `display-name.ts`. */

/** What no prose needs: it turns the direction of what stands around it, or hides text. */
const UNSEEN_IN_TEXT =
	/[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Prose: line breaks, joiners and variation selectors stay; what turns directions or hides text goes. */
export function displayText(text: string): string {
	return text.toWellFormed().replace(UNSEEN_IN_TEXT, '');
}
