/** The outline of a DER value: the types of its first elements, two levels deep (ITU-T X.690 section 8). */
import type { Bytes } from '../domain/bytes';

interface Element {
	readonly tag: number;
	readonly content: Bytes;
	readonly end: number;
}

/** @returns undefined if no whole element stands there */
function elementAt(bytes: Bytes, at: number): Element | undefined {
	const tag = bytes[at];
	const first = bytes[at + 1];
	if (tag === undefined || first === undefined) return undefined;
	const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
	if (lengthBytes > 3 || first === 0x80) return undefined;
	let length = first < 0x80 ? first : 0;
	for (let index = 0; index < lengthBytes; index++)
		length = length * 256 + (bytes[at + 2 + index] ?? 0);
	const start = at + 2 + lengthBytes;
	const end = start + length;
	return end > bytes.length ? undefined : { tag, content: bytes.subarray(start, end), end };
}

const LETTERS = new Map([
	[0x02, 'i'],
	[0x03, 'b'],
	[0x04, 'o'],
	[0x05, 'n'],
	[0x06, 'd'],
	[0x30, 's'],
	[0x31, 't'],
	[0xa0, 'c']
]);

/** No structure of interest has more on one level. */
const MOST_ELEMENTS = 12;

function elementsOf(bytes: Bytes): Element[] {
	const elements: Element[] = [];
	for (let at = 0; at < bytes.length && elements.length < MOST_ELEMENTS;) {
		const element = elementAt(bytes, at);
		if (!element) break;
		elements.push(element);
		at = element.end;
	}
	return elements;
}

/**
 * @returns a letter for each element of the outer SEQUENCE, the elements of an inner SEQUENCE behind it in parentheses:
 * `s(dn)b` for a public key. undefined if the bytes are not one SEQUENCE and nothing else
 */
export function outline(bytes: Bytes): string | undefined {
	const whole = elementAt(bytes, 0);
	if (whole?.tag !== 0x30 || whole.end !== bytes.length) return undefined;
	const letter = ({ tag }: Element) => LETTERS.get(tag) ?? '?';
	return elementsOf(whole.content)
		.map((element) =>
			element.tag === 0x30
				? `s(${elementsOf(element.content).map(letter).join('')})`
				: letter(element)
		)
		.join('');
}
