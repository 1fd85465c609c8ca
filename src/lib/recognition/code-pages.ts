/** The characters of single-byte code pages, to find the bytes that a console or an editor read with one of them. */
import type { Bytes } from '../domain/bytes';

/** The upper halves of the two that `TextDecoder` does not know (https://encoding.spec.whatwg.org/#names-and-labels). */
const CP437 =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const CP850 =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** Node.js decodes it as ISO 8859-1, so that its table stands here (https://encoding.spec.whatwg.org/index-windows-1252.txt). */
const WINDOWS_1252_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function upperHalf(encoding: string): string {
	const decoder = new TextDecoder(encoding);
	let characters = '';
	for (let byte = 0x80; byte < 0x100; byte++) characters += decoder.decode(new Uint8Array([byte]));
	return characters;
}

const latin1 = (): string =>
	String.fromCharCode(...Array.from({ length: 128 }, (_, index) => 0x80 + index));

const once = (make: () => string): (() => string) => {
	let made: string | undefined;
	return () => (made ??= make());
};

/** Latin-1 first: it is the one that programs take by default, and windows-1252 differs from it in 27 characters. */
export const CODE_PAGES: readonly (readonly [name: string, upper: () => string])[] = [
	['ISO 8859-1', once(latin1)],
	['Windows-1252', once(() => WINDOWS_1252_CONTROLS + latin1().slice(32))],
	['437', () => CP437],
	['850', () => CP850],
	['Windows-1250', once(() => upperHalf('windows-1250'))],
	['Windows-1251', once(() => upperHalf('windows-1251'))],
	['866', once(() => upperHalf('ibm866'))]
];

/** @returns the bytes that were read as these characters; undefined if one of them is not of the code page */
export function toCodePage(text: string, upper: string): Bytes | undefined {
	const byCharacter = new Map(
		Array.from(upper).map((character, index) => [character, 0x80 + index])
	);
	const bytes: number[] = [];
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		const byte = code < 0x80 ? code : byCharacter.get(character);
		if (byte === undefined) return undefined;
		bytes.push(byte);
	}
	return new Uint8Array(bytes);
}
