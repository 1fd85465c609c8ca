import type { Bytes } from '$lib/domain/bytes';

/**
 * A huge file is never read whole: one byte too many is enough to see that it is too large.
 *
 * @returns undefined if it cannot be read: it is a folder, or was moved
 */
export const readStart = (file: File, longestBytes: number): Promise<Bytes | undefined> =>
	file
		.slice(0, longestBytes + 1)
		.arrayBuffer()
		.then(
			(buffer) => new Uint8Array(buffer),
			() => undefined
		);
