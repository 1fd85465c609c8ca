/**
 * A scenario in a link: its file without white space, compressed, as base64url in the part of the address that no browser
 * sends anywhere. What comes out is a file like any other, and is read like one.
 */
import { base64ToBytes, bytesToBase64, type Bytes } from '../domain/bytes';
import type { Scenario } from './format';
import { LONGEST_SCENARIO_BYTES } from './limits';

export type LinkProblem =
	/** The address says nothing of a scenario. */
	| 'NoScenario'
	/** No base64url, or nothing that was compressed here: most often a part of it is missing. */
	| 'Damaged'
	| 'TooLarge';

export type LinkAnswer =
	| { readonly ok: true; readonly file: Bytes }
	| { readonly ok: false; readonly problem: LinkProblem };

const MARK = '#s=';
const FORMAT = 'deflate-raw';
/** Base64 of something that compresses to no less than itself. */
const LONGEST_CODE = Math.ceil((LONGEST_SCENARIO_BYTES * 4) / 3) + 1024;
/**
 * Some browsers inflate all that they are given before anybody can read the first byte of it. A byte becomes at most 1032,
 * so with slices this small no more than half a megabyte is ever ahead of the limit.
 */
const SLICE_BYTES = 512;

/** @returns what an address ends with, from `#` on */
export async function scenarioToLink(scenario: Scenario): Promise<string> {
	const file = new TextEncoder().encode(JSON.stringify(scenario));
	const packed = await readAll(
		inSlices(file).pipeThrough(new CompressionStream(FORMAT)),
		Number.POSITIVE_INFINITY
	);
	const code = bytesToBase64(packed ?? new Uint8Array());
	return MARK + code.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param fragment the end of an address, from `#` on; written by anybody */
export async function linkToFile(fragment: string): Promise<LinkAnswer> {
	if (!fragment.startsWith(MARK)) return { ok: false, problem: 'NoScenario' };
	const code = fragment.slice(MARK.length);
	if (code.length > LONGEST_CODE) return { ok: false, problem: 'TooLarge' };
	const packed = base64UrlToBytes(code);
	if (!packed) return { ok: false, problem: 'Damaged' };
	try {
		const file = await readAll(
			inSlices(packed).pipeThrough(new DecompressionStream(FORMAT)),
			LONGEST_SCENARIO_BYTES
		);
		return file ? { ok: true, file } : { ok: false, problem: 'TooLarge' };
	} catch {
		return { ok: false, problem: 'Damaged' };
	}
}

function base64UrlToBytes(code: string): Bytes | undefined {
	const digits = code.replaceAll('-', '+').replaceAll('_', '/');
	return base64ToBytes(digits.padEnd(Math.ceil(digits.length / 4) * 4, '='));
}

/** Handed out one by one, when the one before is used up. */
function inSlices(bytes: Bytes): ReadableStream<Bytes> {
	let at = 0;
	return new ReadableStream<Bytes>(
		{
			pull(controller) {
				if (at >= bytes.length) {
					controller.close();
					return;
				}
				controller.enqueue(bytes.slice(at, at + SLICE_BYTES));
				at += SLICE_BYTES;
			}
		},
		{ highWaterMark: 0 }
	);
}

/** @returns undefined as soon as there is more than that; nothing more is read then */
async function readAll(
	stream: ReadableStream<Uint8Array>,
	mostBytes: number
): Promise<Bytes | undefined> {
	const reader = stream.getReader();
	const chunks: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		length += value.length;
		if (length > mostBytes) {
			// how the rest of it ends is nothing to anybody
			void reader.cancel().catch(() => undefined);
			return undefined;
		}
		chunks.push(value);
	}
	const whole = new Uint8Array(length);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.length;
	}
	return whole;
}
