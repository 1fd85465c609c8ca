/** Characters that look like other characters, and invisible ones. */
import { asText, type Detail, type Peeled } from './layer';

/** Not seen on screen, and copied along: zero width, byte order, soft hyphen, directions, no-break and wide spaces. */
const INVISIBLE =
	/[\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]/gu;

/** @returns the text without such characters, and the first of them */
function without(
	text: string,
	pattern: RegExp,
	instead: (character: string) => string
): Peeled | undefined {
	let detail: Detail | undefined;
	const changed = text.replace(pattern, (character, at: number) => {
		detail ??= { character, before: Array.from(text.slice(0, at)).length };
		return instead(character);
	});
	return detail && asText(changed, detail);
}

export const withoutInvisible = (text: string): Peeled | undefined =>
	without(text, INVISIBLE, (character) =>
		/\s/.test(character) && character !== '\ufeff' ? ' ' : ''
	);

const FULL_WIDTH = /[\uff01-\uff5e]/gu;

export const withoutFullWidth = (text: string): Peeled | undefined =>
	without(text, FULL_WIDTH, (character) =>
		String.fromCharCode((character.codePointAt(0) ?? 0) - 0xfee0)
	);

/** Cyrillic and Greek letters that look like Latin ones. */
const OTHER_SCRIPTS = new Map(
	Array.from('АаВСсЕеКМНОоРрТХхуіІјЅѕԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧο').map((letter, index) => [
		letter,
		'AaBCcEeKMHOoPpTXxyiIjSsdABEZHIKMNOPTYXo'.charAt(index)
	])
);
/** Letters that look like digits. */
const DIGIT_LIKE = new Map([
	['O', '0'],
	['o', '0'],
	['l', '1'],
	['I', '1']
]);

/** Letters for digits, and letters of another script. */
export function lookAlikes(text: string): Peeled | undefined {
	const latin = without(
		text,
		/[\u0370-\u03ff\u0400-\u052f]/g,
		(letter) => OTHER_SCRIPTS.get(letter) ?? letter
	);
	if (latin?.form === 'text' && /^[A-Za-z0-9+/=\s]+$/.test(latin.text)) return latin;
	const digits = without(text, /[OolI]/g, (letter) => DIGIT_LIKE.get(letter) ?? letter);
	return digits?.form === 'text' && /^[0-9a-f\s]{16,}$/i.test(digits.text) ? digits : undefined;
}
