/** Where a command reads from and writes to. */
import type { Bytes } from '../domain/bytes';
import type { Files } from './disk';
import { bytesText, concat, fileName, writePath } from './io';
import { LONGEST_ARGUMENTS, LONGEST_SCREEN_BYTES, LONGEST_STREAM_BYTES, NO_SPACE } from './limits';

export interface Sink {
	/** @returns why the bytes were not all written */
	write(bytes: Bytes): string | undefined;
}

/** The commands of a group read from the same source, one after the other. */
export interface Source {
	/** @param most undefined: to the end */
	take(most?: number): Bytes;
}

export function sourceOf(bytes: Bytes): Source {
	let at = 0;
	return {
		take: (most = bytes.length) => {
			const taken = bytes.slice(at, at + most);
			at += taken.length;
			return taken;
		}
	};
}

export const NO_INPUT: Source = sourceOf(new Uint8Array());

export interface Streams {
	readonly stdin: Source;
	readonly stdout: Sink;
	readonly stderr: Sink;
}

export function createPipe(): Sink & { readonly bytes: () => Bytes } {
	const parts: Bytes[] = [];
	let length = 0;
	return {
		bytes: () => concat(parts),
		write: (bytes) => {
			const kept = bytes.subarray(0, LONGEST_STREAM_BYTES - length);
			parts.push(kept);
			length += kept.length;
			return kept.length < bytes.length ? NO_SPACE : undefined;
		}
	};
}

/** Collects what a substitution writes. More than the arguments of a command can hold is not kept. */
export function createCapture(): Sink & { readonly bytes: () => Bytes | undefined } {
	const parts: Bytes[] = [];
	let length = 0;
	return {
		bytes: () => (length > LONGEST_ARGUMENTS ? undefined : concat(parts)),
		write: (bytes) => {
			length += bytes.length;
			if (length <= LONGEST_ARGUMENTS) parts.push(bytes);
			return undefined;
		}
	};
}

/** What a file that is opened for writing holds. */
export const writtenTo = (path: string, files: Files): Bytes =>
	files.get(fileName(path)) ?? new Uint8Array();

/** Appends to a file that is already opened. */
export function fileSink(path: string, files: Files): Sink {
	return {
		write: (bytes) => {
			if (bytes.length === 0) return undefined;
			return writePath(path, concat([writtenTo(path, files), bytes]), files);
		}
	};
}

export interface Shown {
	readonly stream: 'stdout' | 'stderr';
	readonly text: string;
}

export function createScreen() {
	const output: Shown[] = [];
	let written = 0;
	const sink = (stream: Shown['stream']): Sink => ({
		write: (bytes) => {
			const shown = bytes.subarray(0, Math.max(0, LONGEST_SCREEN_BYTES - written));
			written += bytes.length;
			if (shown.length > 0) output.push({ stream, text: bytesText(shown) });
			return undefined;
		}
	});
	return {
		output,
		notShown: () => Math.max(0, written - LONGEST_SCREEN_BYTES),
		stdout: sink('stdout'),
		stderr: sink('stderr')
	};
}
