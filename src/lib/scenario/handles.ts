/** What the names in a scenario came to stand for in one run. Data: kept with the run. */
import type { Bytes } from '../domain/bytes';
import type { Names } from './names';

interface CallHandle {
	readonly keyId: string;
	/** Which GetParametersForImport call of that CMK. */
	readonly callNumber: number;
	readonly publicKey: Bytes;
	readonly importToken: Bytes;
}

export interface Handles {
	/** Drawn names, and for each CMK and each call the digits in the names of its files. */
	readonly names: Names;
	readonly keys: Readonly<Record<string, string>>;
	readonly calls: Readonly<Record<string, CallHandle>>;
	readonly blobs: Readonly<Record<string, Bytes>>;
	/** The tray's file of each name. */
	readonly files: Readonly<Record<string, number>>;
	/** The last choice for each question. */
	readonly answers: Readonly<Record<string, string>>;
}

/** What a name stands for. Names are somebody else's text: one that every object has, such as `constructor`, is none of these. */
export function named<T>(all: Readonly<Record<string, T>>, name: string): T | undefined {
	// eslint-disable-next-line own/no-lookup-by-text -- the one door: what an object has of its own
	return Object.hasOwn(all, name) ? all[name] : undefined;
}

export const noHandles = (names: Names): Handles => ({
	names,
	keys: {},
	calls: {},
	blobs: {},
	files: {},
	answers: {}
});
