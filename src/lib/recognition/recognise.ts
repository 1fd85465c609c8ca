/** Takes the layers off a file, in every order that fits, and keeps the reading that is least likely by chance. */
import { bytesToAscii, bytesToBase64, type Bytes } from '../domain/bytes';
import { KINDS, type Certainty, type ContentId } from './contents';
import { DAMAGES, ENCODINGS } from './encodings';
import type { Detail, Inside, Layer } from './layer';
import { NUMBERS } from './numbers';
import { WRAPPINGS } from './wrappings';

const LAYERS = [...ENCODINGS, ...WRAPPINGS, ...NUMBERS, ...DAMAGES] as const;
export type LayerId = (typeof LAYERS)[number]['id'];

export interface FoundLayer {
	readonly id: LayerId;
	readonly detail?: Detail;
}

/** One way to read a file. */
export interface Reading {
	/** From the outside in; empty for plain bytes. */
	readonly layers: readonly FoundLayer[];
	/** Of what stands in the middle. */
	readonly content: ContentId;
	readonly detail?: Detail;
	readonly certainty: Certainty;
	/** What stands in the middle; undefined for text that stands for no bytes. */
	readonly bytes: Bytes | undefined;
}

const MOST_LAYERS = 7;
/** A hostile file has many readings, and each costs its length. */
const MOST_READINGS = 60;
const MOST_BYTES = 150_000;

/** Nothing that stands for one of the service's files is longer, but for encodings of encodings. */
const LONG = 8192;
const WHEN_LONG: readonly LayerId[] = [
	'utf8Mark',
	'text',
	'utf16',
	'hex',
	'base64',
	'lineBreakBehind'
];

/** A shell asks once. */
const ONCE: readonly LayerId[] = ['prompt', 'lookAlike', 'hexZeroCut'];

/** What only a key can prove. */
const GUESSES: readonly LayerId[] = ['hexZeroCut'];

interface Step {
	readonly inside: Inside;
	readonly layers: readonly FoundLayer[];
}

const sizeOf = (inside: Inside): number =>
	inside.form === 'bytes' ? inside.bytes.length : inside.text.length;

/**
 * Every reading, those with fewer layers first.
 *
 * @param file whole, at most `LONGEST_UPLOAD_BYTES`
 */
export function* readings(file: Bytes): Generator<Reading, void> {
	const queue: Step[] = [{ inside: { form: 'bytes', bytes: file }, layers: [] }];
	const seen = new Set<string>();
	let spent = 0;
	for (let at = 0; at < queue.length && at < MOST_READINGS && spent < MOST_BYTES; at++) {
		const step = queue[at];
		if (!step) return;
		spent += sizeOf(step.inside);
		const reading = read(step);
		if (reading) yield reading;
		if (step.layers.length === MOST_LAYERS) continue;
		for (const layer of layersFor(step))
			for (const { detail, ...inside } of layer.peel(step.inside)) {
				const key = keyOf(inside);
				if (seen.has(key)) continue;
				seen.add(key);
				queue.push({
					inside,
					layers: [...step.layers, { id: layer.id, ...(detail && { detail }) }]
				});
			}
	}
}

const KEY_PART = 2048;

/** They are told apart by their length, their beginning and their end. */
function keyOf(inside: Inside): string {
	const [start, end] =
		inside.form === 'text'
			? [inside.text.slice(0, KEY_PART), inside.text.slice(-KEY_PART)]
			: [inside.bytes.subarray(0, KEY_PART), inside.bytes.subarray(-KEY_PART)].map((part) =>
					String.fromCharCode(...part)
				);
	return [inside.form, sizeOf(inside), start, end].join(' ');
}

function layersFor({ inside, layers }: Step): readonly Layer<LayerId>[] {
	const isLong = sizeOf(inside) > LONG;
	return (LAYERS as readonly Layer<LayerId>[]).filter(
		({ id }) =>
			(!isLong || WHEN_LONG.includes(id)) &&
			!(ONCE.includes(id) && layers.some((layer) => layer.id === id))
	);
}

function read({ inside, layers }: Step): Reading | undefined {
	for (const { id: content, certainty, is } of KINDS) {
		const found = is(inside);
		if (found === false) continue;
		// random bytes are not text: the length of a text is chance, and what it stands for is inside
		if (inside.form === 'bytes' && certainty < 3 && bytesToAscii(inside.bytes) !== undefined)
			return { layers, content: 'plainText', certainty: 0, bytes: inside.bytes };
		return {
			layers,
			content,
			certainty: layers.some(({ id }) => GUESSES.includes(id)) ? 0 : certainty,
			...(found !== true && { detail: found }),
			bytes: inside.form === 'bytes' ? inside.bytes : undefined
		};
	}
	return undefined;
}

/** Shorter bytes are what words decode to. */
const FEWEST_OF_DIGITS = 16;
const FEWEST_OF_BASE64 = 48;
const DIGITS: readonly LayerId[] = NUMBERS.map(({ id }) => id);
const BASE64: readonly LayerId[] = ['base64', 'base64OtherPadding', 'base64url'];

/** Digits are more than text, even if they stand for nothing that has a name. */
function isEncoded({ content, layers, bytes }: Reading): boolean {
	if (content !== 'otherBytes' || !bytes || layers.some(({ id }) => GUESSES.includes(id)))
		return false;
	const inner = layers.at(-1);
	// base32 has the letters of all words
	if (!inner || inner.id === 'base32' || !DIGITS.includes(inner.id)) return false;
	if (!BASE64.includes(inner.id)) return bytes.length >= FEWEST_OF_DIGITS;
	// words have no digits
	return bytes.length >= FEWEST_OF_BASE64 && /\d/.test(bytesToBase64(bytes.subarray(0, 192)));
}

const PUBLIC: readonly ContentId[] = ['publicKey', 'otherPublicKey', 'certificate'];

function rank(reading: Reading): number {
	// an answer with a public key has other members too, of which one was meant
	const isBeside =
		PUBLIC.includes(reading.content) && reading.layers.some(({ id }) => id === 'jsonMember');
	return isBeside ? 1.5 : isEncoded(reading) ? 0.5 : reading.certainty;
}

/** A usual length may be chance, but what is behind a few more layers than that is chance rather. */
const MOST_HIDDEN = 2;

/** @returns the reading that is least likely by chance; of equal ones the one with the fewest layers */
export const recognise = (file: Bytes): Reading =>
	likeliest(readings(file)) ?? { layers: [], content: 'otherBytes', certainty: 0, bytes: file };

/** For a secret. @param look gets the likeliest reading; what was read is overwritten then, but not the file itself */
export function recogniseSecret<Found>(secret: Bytes, look: (reading: Reading) => Found): Found {
	const all = [...readings(secret)];
	try {
		return look(
			likeliest(all) ?? { layers: [], content: 'otherBytes', certainty: 0, bytes: secret }
		);
	} finally {
		for (const { bytes } of all) if (bytes !== secret) bytes?.fill(0);
	}
}

function likeliest(readings: Iterable<Reading>): Reading | undefined {
	let best: Reading | undefined;
	for (const reading of readings) {
		if (!best || rank(reading) > rank(best)) best = reading;
		if (rank(best) === 3) break;
		if (rank(best) === 2 && reading.layers.length > best.layers.length + MOST_HIDDEN) break;
	}
	return best;
}
