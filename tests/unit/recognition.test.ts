/** Files as people make them (`tests/fixtures/field-cases`), and what the recogniser calls them. */
import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import type { Bytes } from '$lib/domain/bytes';
import { LAYERS, readings, recognise } from '$lib/recognition/recognise';
import { ciphertextCandidates, materialCandidates } from '$lib/recognition/repairs';
import { readCase, THE_CASES, type Case } from '../support/field-cases';
import { redirected } from '../support/mistakes';
import { randomNumbers } from '../support/random-numbers';

const digest = (bytes: Uint8Array | undefined): string =>
	createHash('sha256')
		.update(bytes ?? '')
		.digest('hex');

const withoutText = (layers: readonly string[]): string =>
	layers.filter((id) => id !== 'text').join(' ');

/** What may be right without being named so: only a key proves it. */
function candidates({ field }: Case, file: Bytes) {
	if (field === 'importToken') return [...readings(file)];
	return field === 'plaintext' ? materialCandidates(file) : ciphertextCandidates(file, undefined);
}

describe('the field cases', () => {
	it('are named as expected, the content and the layers', () => {
		const misnamed = THE_CASES.flatMap((one) => {
			const { layers, content } = recognise(readCase(one.file));
			const found = withoutText(layers.map(({ id }) => id));
			const wanted = withoutText(one.layers);
			return found === wanted && content === one.content
				? []
				: [`${one.file}: ${found} > ${content}, expected ${wanted} > ${one.content}`];
		});
		expect(misnamed).toEqual([]);
	});

	it('give the right bytes where they hold them', () => {
		const lost = THE_CASES.filter(({ right }) => right)
			.filter((one) => {
				const file = readCase(one.file);
				const isRight = ({ bytes }: { readonly bytes?: Uint8Array | undefined }) =>
					digest(bytes) === one.sha256;
				return !isRight(recognise(file)) && !candidates(one, file).some(isRight);
			})
			.map(({ file }) => file);
		expect(lost).toEqual([]);
	});
});

function randomBytes(seed: number, length: number): Bytes {
	const numbers = randomNumbers(seed);
	return new Uint8Array(length).map(() => numbers() >>> 24);
}

const FILES_OF_LENGTH = 600;

describe('random bytes', () => {
	it.each([32, 256])('of the length of a key or a result (%i) have no layer', (length) => {
		const found = Array.from(
			{ length: FILES_OF_LENGTH },
			(_, seed) => recognise(randomBytes(seed * 1000 + length, length)).layers
		);
		expect(found.flat()).toEqual([]);
	});

	it.each([255, 257, 300])('of another length (%i) have none but line breaks', (length) => {
		const others = Array.from({ length: FILES_OF_LENGTH }, (_, seed) => {
			const bytes = randomBytes(seed * 1000 + length, length);
			const isEnded = bytes.at(-1) === 0x0a;
			const hasBreak = bytes.some((byte, at) => byte === 0x0d && bytes[at + 1] === 0x0a);
			return recognise(bytes).layers.filter(
				({ id }) => !(id === 'lineBreakBehind' && isEnded) && !(id === 'lineBreaksMade' && hasBreak)
			);
		});
		expect(others.flat()).toEqual([]);
	});
});

describe('bytes that Windows PowerShell wrote with > come back', () => {
	type Breaks = Readonly<Record<number, string>>;

	/** Other bytes than line breaks, and these at the given places. */
	function bytesWith(length: number, breaks: Breaks): Bytes {
		const bytes = randomBytes(length, length).map((byte) =>
			byte === 10 || byte === 13 ? 0 : byte
		);
		for (const [at, text] of Object.entries(breaks)) bytes.set(Buffer.from(text), Number(at));
		return bytes;
	}

	test.each<[string, Breaks]>([
		['no line break', {}],
		['LF and CR', { 20: '\n', 90: '\r' }],
		['CR LF and LF', { 20: '\r\n', 90: '\n' }],
		['LF at the end', { 255: '\n' }],
		['CR at the end', { 255: '\r' }],
		['CR LF at the end', { 254: '\r\n' }],
		['CR, and LF at the end', { 20: '\r', 255: '\n' }],
		['two LF at the end', { 254: '\n\n' }]
	])('encrypted key material with %s', (_, breaks) => {
		const bytes = bytesWith(256, breaks);
		const candidates = ciphertextCandidates(redirected(bytes, '437'), undefined);
		expect(candidates.map((one) => digest(one.bytes))).toContain(digest(bytes));
	});

	test('a token with four line breaks', () => {
		const bytes = bytesWith(329, { 20: '\n', 90: '\r', 91: '\r', 200: '\r' });
		const all = Array.from(readings(redirected(bytes, '850')), (one) => digest(one.bytes));
		expect(all).toContain(digest(bytes));
	});
});

it('has one row for each layer', () => {
	const ids = LAYERS.map(({ id }) => id);
	expect(ids).toEqual([...new Set(ids)]);
});
