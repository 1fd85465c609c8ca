/**
 * Removes the layers of a file in every possible order, and keeps the reading that is least likely to be a coincidence.
 *
 * The file may hold a secret. A search overwrites every buffer that it made when it ends, however it ends; the file itself
 * belongs to the caller, and so does a copy that the caller made of a reading. JavaScript can overwrite neither the texts, lists
 * and large numbers that a layer works with, nor the text inside it: they stay until their memory is used again.
 */
import { areEqual, bytesToAscii, type Bytes } from '../domain/bytes';
import { KINDS, type Certainty, type ContentId, type Kind } from './contents';
import { DAMAGES, ENCODINGS, isText } from './encodings';
import type { Detail, Inside, Layer } from './layer';
import { NUMBERS } from './numbers';
import { WRAPPINGS } from './wrappings';

const TABLE = [...ENCODINGS, ...WRAPPINGS, ...NUMBERS, ...DAMAGES] as const;
export type LayerId = (typeof TABLE)[number]['id'];

/** In the order in which they are tried. */
export const LAYERS: readonly Layer<LayerId>[] = TABLE;

export interface FoundLayer {
	readonly id: LayerId;
	readonly detail?: Detail;
}

/** One way to read a file. */
export interface Reading {
	/** From the outside in; empty for plain bytes. */
	readonly layers: readonly FoundLayer[];
	/** Inside all layers. */
	readonly content: ContentId;
	readonly detail?: Detail;
	readonly certainty: Certainty;
	/** The content, until the search ends; undefined for text that holds no bytes. */
	readonly bytes: Bytes | undefined;
}

/** The higher, the less likely is a coincidence. */
interface Ranked extends Reading {
	readonly rank: number;
}

const MOST_LAYERS = 7;
/** A hostile file has many readings, and each costs its length. */
const MOST_READINGS = 60;
const MOST_BYTES = 150_000;

/** Other forms of the service’s files are shorter, except encodings of encodings. */
const LONG = 8192;

interface Removed {
	readonly layer: Layer<LayerId>;
	readonly detail?: Detail;
}

interface Step {
	readonly inside: Inside;
	/** From the outside in. */
	readonly removed: readonly Removed[];
	/** Whether one of the layers may be a coincidence. */
	readonly isGuess: boolean;
}

const sizeOf = (inside: Inside): number =>
	inside.form === 'bytes' ? inside.bytes.length : inside.text.length;

export function overwrite(buffers: readonly Bytes[]): void {
	for (const bytes of buffers) bytes.fill(0);
}

/**
 * Every reading, those with fewer layers first. The search ends with the loop over them.
 *
 * @param file whole, at most `LONGEST_UPLOAD_BYTES`
 */
export function* readings(file: Bytes): Generator<Reading, void> {
	const made: Bytes[] = [];
	try {
		yield* ranked(file, made);
	} finally {
		overwrite(made);
	}
}

/** @param made gets every buffer that the search makes */
function* ranked(file: Bytes, made: Bytes[]): Generator<Ranked, void> {
	const queue: Step[] = [{ inside: { form: 'bytes', bytes: file }, removed: [], isGuess: false }];
	let spent = 0;
	for (let at = 0; at < queue.length && at < MOST_READINGS && spent < MOST_BYTES; at++) {
		const step = queue[at];
		if (!step) return;
		spent += sizeOf(step.inside);
		const reading = read(step);
		if (reading) yield reading;
		if (step.removed.length === MOST_LAYERS) continue;
		for (const layer of layersFor(step))
			for (const { detail, isGuess = step.isGuess, ...inside } of layer.peel(step.inside)) {
				if (inside.form === 'bytes') made.push(inside.bytes);
				if (queue.some((known) => isSame(known.inside, inside))) continue;
				const removed = [...step.removed, { layer, ...(detail && { detail }) }];
				queue.push({ inside, removed, isGuess });
			}
	}
}

function isSame(a: Inside, b: Inside): boolean {
	if (a.form === 'text' || b.form === 'text')
		return a.form === 'text' && b.form === 'text' && a.text === b.text;
	return areEqual(a.bytes, b.bytes);
}

function layersFor({ inside, removed }: Step): readonly Layer<LayerId>[] {
	const isLong = sizeOf(inside) > LONG;
	return LAYERS.filter(
		(one) =>
			(!isLong || one.isOfLongFiles) && !(one.isOnce && removed.some(({ layer }) => layer === one))
	);
}

const isAscii = (bytes: Bytes): boolean => bytesToAscii(bytes) !== undefined;

function read({ inside, removed, isGuess }: Step): Ranked | undefined {
	const layers = removed.map(({ layer: { id }, ...detail }) => ({ id, ...detail }));
	for (const kind of KINDS as readonly Kind<ContentId>[]) {
		const found = kind.is(inside);
		if (found === false) continue;
		// random bytes are not text: the length of a text means nothing, and its content is inside another layer
		if (
			inside.form === 'bytes' &&
			kind.certainty < 3 &&
			(isAscii(inside.bytes) || isText(inside.bytes))
		)
			return { layers, content: 'plainText', certainty: 0, rank: 0, bytes: inside.bytes };
		const mayBeWords = isGuess && (kind.certainty < 3 || kind.isInWords);
		const certainty = mayBeWords ? 0 : kind.certainty;
		const isEncoded = !isGuess && kind.id === 'otherBytes' && isLongEnough(inside, removed);
		const isBeside = kind.isBesideOthers && removed.some(({ layer }) => layer.hasSeveral);
		return {
			layers,
			content: kind.id,
			certainty,
			rank: isBeside ? RANK_BESIDE : isEncoded ? RANK_ENCODED : certainty,
			...(found !== true && { detail: found }),
			bytes: inside.form === 'bytes' ? inside.bytes : undefined
		};
	}
	return undefined;
}

/** More than text, and less than a usual length. */
const RANK_ENCODED = 0.5;
/** Less than an exact length. */
const RANK_BESIDE = 1.5;

/** So many bytes in digits are more than text, even if they have no name. */
function isLongEnough(inside: Inside, removed: readonly Removed[]): boolean {
	const fewest = removed.at(-1)?.layer.fewestBytes;
	return fewest !== undefined && sizeOf(inside) >= fewest;
}

/** @param look gets the reading that is least likely to be a coincidence; of equal ones the one with the fewest layers */
export function recognise<Found>(file: Bytes, look: (reading: Reading) => Found): Found {
	const made: Bytes[] = [];
	try {
		const asFile: Reading = { layers: [], content: 'otherBytes', certainty: 0, bytes: file };
		return look(likeliest(ranked(file, made)) ?? asFile);
	} finally {
		overwrite(made);
	}
}

function likeliest(readings: Iterable<Ranked>): Reading | undefined {
	let best: Ranked | undefined;
	for (const reading of readings) {
		if (!best || reading.rank > best.rank) best = reading;
		if (best.rank === 3) break;
	}
	return best;
}
