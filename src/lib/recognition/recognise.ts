/** Removes the layers of a file in every possible order, and keeps the reading that is least likely to be a coincidence. */
import { bytesToAscii, type Bytes } from '../domain/bytes';
import { KINDS, type Certainty, type ContentId, type Kind } from './contents';
import { DAMAGES, ENCODINGS } from './encodings';
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
	/** The content; undefined for text that holds no bytes. */
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

/**
 * Every reading, those with fewer layers first.
 *
 * @param file whole, at most `LONGEST_UPLOAD_BYTES`
 */
export const readings = (file: Bytes): Generator<Reading, void> => ranked(file);

function* ranked(file: Bytes): Generator<Ranked, void> {
	const queue: Step[] = [{ inside: { form: 'bytes', bytes: file }, removed: [], isGuess: false }];
	const seen = new Set<string>();
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
				const key = keyOf(inside);
				if (seen.has(key)) continue;
				seen.add(key);
				const removed = [...step.removed, { layer, ...(detail && { detail }) }];
				queue.push({ inside, removed, isGuess });
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

function layersFor({ inside, removed }: Step): readonly Layer<LayerId>[] {
	const isLong = sizeOf(inside) > LONG;
	return LAYERS.filter(
		(one) =>
			(!isLong || one.isOfLongFiles) && !(one.isOnce && removed.some(({ layer }) => layer === one))
	);
}

function read({ inside, removed, isGuess }: Step): Ranked | undefined {
	const layers = removed.map(({ layer: { id }, ...detail }) => ({ id, ...detail }));
	for (const kind of KINDS as readonly Kind<ContentId>[]) {
		const found = kind.is(inside);
		if (found === false) continue;
		// random bytes are not text: the length of a text means nothing, and its content is inside another layer
		if (inside.form === 'bytes' && kind.certainty < 3 && bytesToAscii(inside.bytes) !== undefined)
			return { layers, content: 'plainText', certainty: 0, rank: 0, bytes: inside.bytes };
		const certainty = isGuess && kind.certainty < 3 ? 0 : kind.certainty;
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

/** @returns the reading that is least likely to be a coincidence; of equal ones the one with the fewest layers */
export const recognise = (file: Bytes): Reading =>
	likeliest(ranked(file)) ?? { layers: [], content: 'otherBytes', certainty: 0, bytes: file };

/** For a secret. @param look gets the likeliest reading. Then all readings are overwritten, but not the file itself */
export function recogniseSecret<Found>(secret: Bytes, look: (reading: Reading) => Found): Found {
	const all = [...ranked(secret)];
	try {
		return look(
			likeliest(all) ?? { layers: [], content: 'otherBytes', certainty: 0, bytes: secret }
		);
	} finally {
		for (const { bytes } of all) if (bytes !== secret) bytes?.fill(0);
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
