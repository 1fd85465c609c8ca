/** Files as people make them (`tests/fixtures/field-cases`), and what the recogniser calls them. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '$lib/domain/bytes';
import { LAYERS, readings, recognise } from '$lib/recognition/recognise';
import { ciphertextCandidates, materialCandidates } from '$lib/recognition/repairs';
import { readCase, THE_CASES, type Case } from '../support/field-cases';
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

it('has one row for each layer', () => {
	const ids = LAYERS.map(({ id }) => id);
	expect(ids).toEqual([...new Set(ids)]);
});
