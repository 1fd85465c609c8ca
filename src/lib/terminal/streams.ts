/** Where a command reads from and writes to. */
import type { Bytes } from '../domain/bytes';
import type { Files } from './disk';
import { bytesText, concat, readPath, writePath } from './io';
import { LONGEST_ARGUMENTS, LONGEST_SCREEN_BYTES, LONGEST_STREAM_BYTES, NO_SPACE } from './limits';

export interface Sink {
	/** @returns why the bytes were not all written */
	write(bytes: Bytes): string | undefined;
}

/** The commands of a group read from the same source, one after the other. */
export class Source {
	constructor(private left: Bytes) {}

	get rest(): Bytes {
		return this.left;
	}

	/** @param count undefined: to the end */
	skip(count?: number): void {
		this.left = this.left.slice(count ?? this.left.length);
	}
}

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

/** Appends to a file that is already opened. */
export function fileSink(path: string, files: Files): Sink {
	return {
		write: (bytes) => {
			if (bytes.length === 0) return undefined;
			const before = readPath(path, { files, stdin: new Uint8Array() });
			return writePath(path, concat([before ?? new Uint8Array(), bytes]), files);
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
