/** Names from files, links and pages: the shown name is the stored and saved name. */
import { expect, test } from 'vitest';
import { displayName, isSeenWhole, safeFileName } from '$lib/domain/display-name';
import { displayText } from '$lib/domain/display-text';
import { randomNumbers } from '../support/random-numbers';

const RUNS = 4_000;

/** Each with a trick of its own, beside characters of any kind. */
const PIECES = [
	...['\u202e', '\u2066', '\u200f', '\u061c', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'],
	...['\u00ad', '\u115f', '\u1160', '\u3164', '\uffa0', '\ufe0f', '\u034f', '\u2800', '\u180e'],
	...['\u{e0041}', '\u{e0100}', '\ue000', '\u{10ffff}', '\ud800', '\udc00', '\u0378', '\u2028'],
	...['\0', '\t', '\r\n', '\u0085', '\u00a0', '\u3000', ' ', '  ', '.', '..', '/', '\\', ':', '<'],
	...['con', 'NUL.', 'com¹', 'lpt9 .txt', 'conin$', 'aux'],
	...[
		'e\u0301',
		'\u0338',
		'\u1100\u1161',
		'\u212b',
		'\u037e',
		'👩‍💻',
		'密钥',
		'می‌خواهم',
		'a',
		'Z',
		'7',
		'.bin'
	]
];

function* strings(): Generator<string> {
	const numbers = randomNumbers(12);
	const random = (below: number) => numbers() % below;
	for (let run = 0; run < RUNS; run++) {
		let text = '';
		const length = run % 50 === 0 ? 200 : random(9);
		for (let piece = 0; piece < length; piece++)
			text +=
				random(4) === 0
					? String.fromCodePoint(random(0x110000))
					: (PIECES[random(PIECES.length)] ?? '');
		yield text;
	}
}

const FORBIDDEN =
	/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|[^\P{Zs} ]| {2}|^ | $/u;

test('a name shows all that it is, is at most so long, and cleaning it again changes nothing', () => {
	for (const text of strings()) {
		const name = displayName(text, 40);
		expect(name).not.toMatch(FORBIDDEN);
		expect(Array.from(name).length).toBeLessThanOrEqual(40);
		expect(name.normalize('NFC')).toBe(name);
		expect(displayName(name, 40)).toBe(name);
		expect(isSeenWhole(name)).toBe(name !== '');
	}
});

test('a file’s name is valid on every system, and the same on screen, on the disk and in a command', () => {
	for (const text of strings()) {
		const name = safeFileName(text);
		expect(name).not.toMatch(FORBIDDEN);
		expect(name).not.toMatch(/[/\\:*?"<>|]|^\.|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
		expect(name).not.toBe('');
		expect(Array.from(name).length).toBeLessThanOrEqual(120);
		expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
		expect(safeFileName(name)).toBe(name);
		expect(displayName(name)).toBe(name);
		expect(displayText(name)).toBe(name);
	}
});

test('prose keeps its lines and its joiners, and turns no direction', () => {
	for (const text of strings()) {
		const shown = displayText(text);
		expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]|[^\P{Cc}\n\t]/u);
		expect(displayText(shown)).toBe(shown);
	}
	expect(displayText('می‌خواهم\n👩‍💻\ta\u202eb')).toBe('می‌خواهم\n👩‍💻\tab');
});

test.each([
	['invoice\u202egnp.exe', 'invoicegnp.exe'],
	['con.txt', '_con.txt'],
	['key\u200b\u{e0041}.bin', 'key.bin'],
	['  two   words\n.bin ', 'two words .bin'],
	['e\u0301.bin', 'é.bin'],
	['👩‍💻.bin', '👩💻.bin'],
	['\u3164\u2800\u00ad', 'file']
])('the file %j is called %j', (text, name) => {
	expect(safeFileName(text)).toBe(name);
});
