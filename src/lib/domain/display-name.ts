/**
 * Names that come from outside: one rule for what is stored, shown and downloaded. A name shows what it is, in the order in
 * which it is written, and two names that look the same are the same.
 *
 * @see docs/decisions/0036-names-from-outside.md for what is taken out, joiners in emoji and Persian included
 */

import { LONGEST_NAME } from './name-length';

/** Most bytes of a file's name in UTF-8: file systems end at 255, and a number may follow it. */
const LONGEST_FILE_NAME_BYTES = 200;

/** Space, line ends, tabs and other control characters: between words each is one space. */
const GAPS = /[\s\p{Z}\p{Cc}\u2800]+/gu;
/**
 * What has no look of its own: direction overrides and marks, joiners, fillers, tags, variation selectors, private and
 * unassigned characters, halves of a surrogate pair.
 */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}]+/gu;
/** The same, and what is neither a character nor a space. */
const NOT_SEEN = /* @__PURE__ */ new RegExp(`[\\p{Cc}\\p{Zl}\\p{Zp}\\u2800]|${UNSEEN.source}`, 'u');
/** Between the parts of an emoji, in Persian and Indic words, before a look of a character in colour. */
const JOINERS = /\u200c|\u200d|\ufe0e|\ufe0f/g;
/** Of paths, of the shells of common systems, and what their file systems refuse. */
const NOT_IN_FILE_NAMES = /[/\\:*?"<>|]/g;
/** Windows opens a device instead of a file, whatever ending follows. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=[ .]|$)/iu;

/**
 * Whether a name is one line of characters that can be seen: for rules that refuse a name instead of cleaning it. What
 * joins and varies characters is let through, since people type it as a part of them.
 */
export function isSeenWhole(name: string): boolean {
	return !NOT_SEEN.test(name.replace(JOINERS, '')) && cleaned(name) !== '';
}

/**
 * A name for one line of text.
 *
 * @param longest in code points
 * @returns the empty string: nothing in it can be seen
 */
export function displayName(name: string, longest = LONGEST_NAME): string {
	return firstCodePoints(cleaned(name), longest).trimEnd();
}

/**
 * A file's name that every system takes, on screen as on the disk: no path, no device, no dot or space at either end.
 *
 * @returns `file` where nothing in it can be seen
 */
export function safeFileName(name: string): string {
	const plain = cleaned(name).replace(NOT_IN_FILE_NAMES, '_').replace(/^\.+/, '_');
	const named = plain.replace(DEVICE, '_$&');
	return (
		firstCodePoints(named, LONGEST_NAME, LONGEST_FILE_NAME_BYTES).replace(/[. ]+$/, '_') || 'file'
	);
}

function cleaned(name: string): string {
	// what stood apart may be composed once nothing unseen stands between
	return name.normalize('NFC').replace(UNSEEN, '').replace(GAPS, ' ').normalize('NFC').trim();
}

/** As many of the first code points as both bounds allow. */
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
