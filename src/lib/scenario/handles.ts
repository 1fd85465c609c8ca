/** The values of a scenario's names in one run. Plain data, stored with the run. */
import type { Bytes } from '../domain/bytes';
import type { Names } from './names';

interface CallHandle {
	readonly keyId: string;
	/** The number of the GetParametersForImport call of that CMK. */
	readonly callNumber: number;
	readonly publicKey: Bytes;
	readonly importToken: Bytes;
}

export interface Handles {
	/** Random names, and for each CMK and each call the characters in its file names. */
	readonly names: Names;
	readonly keys: Readonly<Record<string, string>>;
	readonly calls: Readonly<Record<string, CallHandle>>;
	readonly blobs: Readonly<Record<string, Bytes>>;
	/** The workbench file of each name. */
	readonly files: Readonly<Record<string, number>>;
	/** The last choice for each question. */
	readonly answers: Readonly<Record<string, string>>;
}

/** The value of a name. Names are untrusted: a property that every object has, such as `constructor`, is not found. */
export function named<T>(all: Readonly<Record<string, T>>, name: string): T | undefined {
	// eslint-disable-next-line own/no-lookup-by-text -- the only allowed lookup: own properties
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
