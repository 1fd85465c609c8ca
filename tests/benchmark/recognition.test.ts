/**
 * The recogniser over hostile files of 64 KiB, and of 8 KiB, on which it tries all layers, as ratios: to a digest of 1 MiB in
 * JavaScript, and to a quarter of the file. The shortest of several times counts, so that a busy machine changes little. A ratio
 * above its limit is printed, not failed.
 */
import { expect, test } from 'vitest';
import { sha256HexNow } from '$lib/crypto/sha256';
import type { Bytes } from '$lib/domain/bytes';
import { recognise, type Reading } from '$lib/recognition/recognise';

const LENGTHS = [65_536, 8192];
const RUNS = 5;
/** The digest takes 17 ms where this was measured, and a file may take 20 ms. */
const MOST_DIGESTS = 1.2;
/** Four times the text: 4 is linear, 16 is the square. */
const MOST_GROWTH = 8;
/** Shorter times say nothing about growth. */
const LEAST_MS = 1;

const REPEATED = [
	...['a', '"', ' ', '{', '[', '0 ', 'A: ', '\\x', '=', '<', '-', '>', '\n', '\t', "b'", '" ', ','],
	...[' \n', '%', '&#', 'A: \n', '"a', '\\', '\\"', '(', '1\n', '`', '$', '0x', 'a@', '00000000 '],
	...['-----BEGIN A-----', 'data:', '𝟎', '\ufffd', 'é', '> ', '00 ', '0 |', '4f ', 'ab\r', '1: '],
	...['\r\n', "'", '1', '30', '01', '-1 ', '[a]\n', '#\n', '<<A\n', '---\n', '<1 '],
	...['0000000 1 1\n', 'A: b\n c\n']
];
/** What a pattern does not expect at the end makes it go back. */
const ENDS = ['', '\u0001', '\r!'];

function fileOf(unit: string, end: string, length: number): Bytes {
	const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length - end.length) + end;
	return new TextEncoder().encode(text).slice(0, length);
}

const contentOf = ({ content }: Reading): string => content;

function shortest(work: () => unknown): number {
	const times = Array.from({ length: RUNS }, () => {
		const start = performance.now();
		work();
		return performance.now() - start;
	});
	return Math.min(...times);
}

test.each(LENGTHS)('hostile files of %i bytes', { timeout: 600_000 }, (length) => {
	const large = new Uint8Array(1_048_576);
	const digest = shortest(() => sha256HexNow(large));
	const measured = REPEATED.flatMap((unit) =>
		ENDS.map((end) => {
			const whole = shortest(() => recognise(fileOf(unit, end, length), contentOf));
			const quarter = shortest(() => recognise(fileOf(unit, end, length / 4), contentOf));
			const growth = whole < LEAST_MS ? 0 : whole / quarter;
			return { text: JSON.stringify([unit, end]), whole, growth };
		})
	);
	const report = (
		name: string,
		ratioOf: (one: (typeof measured)[number]) => number,
		most: number
	) => {
		for (const one of measured.toSorted((a, b) => ratioOf(b) - ratioOf(a)).slice(0, 3)) {
			const ratio = ratioOf(one);
			const over = ratio > most ? ' OVER' : '';
			console.log(
				`${name} ${one.text.padEnd(24)} ${one.whole.toFixed(1)} ms, ratio ${ratio.toFixed(2)} (limit ${String(most)})${over}`
			);
		}
	};
	console.log(`digest of 1 MiB: ${digest.toFixed(1)} ms`);
	report('slowest', ({ whole }) => whole / digest, MOST_DIGESTS);
	report('steepest', ({ growth }) => growth, MOST_GROWTH);
	expect(measured.length).toBeGreaterThan(0);
});
