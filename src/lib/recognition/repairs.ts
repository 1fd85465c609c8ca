/** Changes that leave no trace in the bytes. Each is a guess until a private key or the first key material proves it. */
import { MATERIAL_BYTES, WRAPPED_BYTES } from '../domain/algorithms';
import {
	areEqual,
	asciiToBytes,
	bytesToAscii,
	bytesToBase64,
	bytesToHex,
	type Bytes
} from '../domain/bytes';
import { LAYERS, overwrite, readings, type FoundLayer } from './recognise';

export const CIPHERTEXT_REPAIRS = [
	'reversed',
	'swappedPairs',
	'leadingZeroCut',
	'trailingZeroCut',
	'zeroBehind',
	'signByte',
	'lineBreaksLost'
] as const;
export type CiphertextRepair = (typeof CIPHERTEXT_REPAIRS)[number];

export interface Candidate {
	/** From the outside in; empty if the service reads the file as these bytes. */
	readonly layers: readonly (FoundLayer | { readonly id: CiphertextRepair })[];
	/** `WRAPPED_BYTES` long. */
	readonly bytes: Bytes;
}

/** Each costs a private operation for every key pair. */
const MOST_CANDIDATES = 5;

/**
 * The encrypted key material that a file may stand for. The bytes belong to the caller: they are encrypted.
 *
 * @param asRead the bytes that the service reads in the file
 */
export function ciphertextCandidates(file: Bytes, asRead: Bytes | undefined): Candidate[] {
	const found: Candidate[] = [];
	const add = (candidate: Candidate) => {
		const isNew = !found.some(({ bytes }) => areEqual(bytes, candidate.bytes));
		if (isNew && found.length < MOST_CANDIDATES) found.push(candidate);
	};
	if (asRead?.length === WRAPPED_BYTES) add({ layers: [], bytes: asRead });
	const near: Candidate[] = [...found];
	for (const { layers, bytes } of readings(file)) {
		if (!bytes || Math.abs(bytes.length - WRAPPED_BYTES) > MOST_LOST) continue;
		const candidate = { layers, bytes: bytes.slice() };
		near.push(candidate);
		if (bytes.length === WRAPPED_BYTES) add(candidate);
	}
	for (const { layers, bytes } of near)
		for (const repair of repairs(bytes, layers))
			add({ layers: [...layers, { id: repair.id }], bytes: repair.bytes });
	return found;
}

/** Fewer than one in ten million files begins with more zeros, or loses more line breaks. */
const MOST_LOST = 3;

interface Repair {
	readonly id: CiphertextRepair;
	readonly bytes: Bytes;
}

const OF_NUMBERS: ReadonlySet<string> = new Set(
	LAYERS.filter(({ isOfNumbers }) => isOfNumbers).map(({ id }) => id)
);

function repairs(bytes: Bytes, layers: Candidate['layers']): Repair[] {
	const missing = WRAPPED_BYTES - bytes.length;
	if (missing === 0) {
		const reversed: Repair = { id: 'reversed', bytes: bytes.toReversed() };
		const isOfNumbers = layers.some(({ id }) => OF_NUMBERS.has(id));
		return isOfNumbers ? [reversed, { id: 'swappedPairs', bytes: swapped(bytes) }] : [reversed];
	}
	if (missing < 0)
		return [
			...(isZeros(bytes.subarray(0, -missing))
				? [{ id: 'signByte' as const, bytes: bytes.slice(-missing) }]
				: []),
			...(isZeros(bytes.subarray(WRAPPED_BYTES))
				? [{ id: 'zeroBehind' as const, bytes: bytes.slice(0, WRAPPED_BYTES) }]
				: [])
		];
	return [
		{ id: 'leadingZeroCut', bytes: padded(bytes, missing) },
		{ id: 'trailingZeroCut', bytes: padded(bytes, 0) },
		// a program that adds line breaks doesn’t remove others
		...(layers.some(({ id }) => id === 'lineBreaksMade') ? [] : withLostBreaks(bytes, missing)).map(
			(made) => ({ id: 'lineBreaksLost' as const, bytes: made })
		)
	];
}

const isZeros = (bytes: Bytes): boolean => bytes.every((byte) => byte === 0);

/** @param before how many zeros come in front; others follow */
function padded(bytes: Bytes, before: number): Bytes {
	const whole = new Uint8Array(WRAPPED_BYTES);
	whole.set(bytes, before);
	return whole;
}

const swapped = (bytes: Bytes): Bytes => bytes.map((_, index) => bytes[index ^ 1] ?? 0);

/** CR LF that became LF: one LF for each missing byte gets its CR back. */
function withLostBreaks(bytes: Bytes, missing: number): Bytes[] {
	const breaks = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
	if (missing !== 1) return breaks.length === missing ? [withReturns(bytes, breaks)] : [];
	return breaks.map((at) => withReturns(bytes, [at]));
}

function withReturns(bytes: Bytes, before: readonly number[]): Bytes {
	return new Uint8Array(
		[...bytes].flatMap((byte, at) => (before.includes(at) ? [0x0d, byte] : [byte]))
	);
}

/** How key material may have been written when it was imported first. */
export type MaterialForm = 'asRead' | 'lowerCase' | 'upperCase' | 'hexText' | 'base64Text';

export interface MaterialCandidate {
	readonly layers: readonly FoundLayer[];
	readonly form: MaterialForm;
	/** `MATERIAL_BYTES` long. */
	readonly bytes: Bytes;
}

/** The 32 bytes of key material that a decrypted file may stand for. They are overwritten when the search ends, as a reading is. */
export function* materialCandidates(plaintext: Bytes): Generator<MaterialCandidate, void> {
	const given: Bytes[] = [];
	const made: Bytes[] = [];
	try {
		for (const { layers, bytes } of readings(plaintext)) {
			if (!bytes) continue;
			const rewritten = rewrittenForms(bytes).map(([form, text]) => {
				const candidate = asciiToBytes(text);
				made.push(candidate);
				return [form, candidate] as const;
			});
			for (const [form, candidate] of [['asRead', bytes] as const, ...rewritten]) {
				if (candidate.length !== MATERIAL_BYTES) continue;
				if (given.some((one) => areEqual(one, candidate))) continue;
				given.push(candidate);
				yield { layers, form, bytes: candidate };
			}
		}
	} finally {
		overwrite(made);
	}
}

/** Of the lengths that lead to key material. */
function rewrittenForms(bytes: Bytes): readonly (readonly [MaterialForm, string])[] {
	switch (bytes.length) {
		case MATERIAL_BYTES / 2:
			return [['hexText', bytesToHex(bytes)]];
		case 24:
			return [['base64Text', bytesToBase64(bytes)]];
		case MATERIAL_BYTES: {
			const text = bytesToAscii(bytes);
			if (text === undefined || !/^[0-9a-f]+$/i.test(text)) return [];
			return [
				['lowerCase', text.toLowerCase()],
				['upperCase', text.toUpperCase()]
			];
		}
		default:
			return [];
	}
}
