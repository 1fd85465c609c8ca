/**
 * Names from outside: one rule for storing, showing and downloading. A name shows all its characters in the order of
 * writing, and two names that look the same are the same.
 *
 * @see docs/decisions/0036-names-from-outside.md for the removed characters, including joiners in emoji and Persian
 */

import { LONGEST_NAME } from './name-length';

/** Maximum bytes of a file name in UTF-8: file systems allow 255, and a number may be added. */
const LONGEST_FILE_NAME_BYTES = 200;

/** Spaces, line breaks, tabs and other control characters. Between words they become one space. */
const GAPS = /[\s\p{Z}\p{Cc}\u2800]+/gu;
/**
 * Characters without a visible form: direction overrides and marks, joiners, fillers, tags, variation selectors, private
 * and unassigned characters, halves of a surrogate pair.
 */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}]+/gu;
/** The same, plus everything that is neither a character nor a space. */
const NOT_SEEN = /* @__PURE__ */ new RegExp(`[\\p{Cc}\\p{Zl}\\p{Zp}\\u2800]|${UNSEEN.source}`, 'u');
/** Used between the parts of an emoji, in Persian and Indic words, and to select a coloured form of a character. */
const JOINERS = /\u200c|\u200d|\ufe0e|\ufe0f/g;
/** Characters of paths and shells, and characters that common file systems refuse. */
const NOT_IN_FILE_NAMES = /[/\\:*?"<>|]/g;
/** With these names, and any extension, Windows opens a device instead of a file. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=[ .]|$)/iu;

/**
 * Whether a name is one line of visible characters, for rules that refuse a name instead of cleaning it. Joiners and
 * variation selectors are allowed, because people type them as part of characters.
 */
export function isSeenWhole(name: string): boolean {
	return !NOT_SEEN.test(name.replace(JOINERS, '')) && cleaned(name) !== '';
}

/**
 * A name for one line of text.
 *
 * @param longest in code points
 * @returns the empty string if no character is visible
 */
export function displayName(name: string, longest = LONGEST_NAME): string {
	return firstCodePoints(cleaned(name), longest).trimEnd();
}

/**
 * A file name that is valid on every system, and the same on screen and on the disk: no path, no device, no dot or space at
 * either end.
 *
 * @returns `file` if no character is visible
 */
export function safeFileName(name: string): string {
	const plain = cleaned(name).replace(NOT_IN_FILE_NAMES, '_').replace(/^\.+/, '_');
	const named = plain.replace(DEVICE, '_$&');
	return (
		firstCodePoints(named, LONGEST_NAME, LONGEST_FILE_NAME_BYTES).replace(/(?<![. ])[. ]+$/, '_') ||
		'file'
	);
}

function cleaned(name: string): string {
	// characters may compose after the invisible ones between them are removed
	return name.normalize('NFC').replace(UNSEEN, '').replace(GAPS, ' ').normalize('NFC').trim();
}

/** The first code points, as many as both limits allow. */
function firstCodePoints(text: string, count: number, bytes = Infinity): string {
	let kept = '';
	let room = count;
	let left = bytes;
	for (const character of text) {
		left -= utf8Length(character.codePointAt(0) ?? 0);
		if (room-- <= 0 || left < 0) break;
		kept += character;
	}
	return kept;
}

function utf8Length(codePoint: number): number {
	if (codePoint < 0x80) return 1;
	if (codePoint < 0x800) return 2;
	return codePoint < 0x1_00_00 ? 3 : 4;
}
