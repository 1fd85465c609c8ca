/** What a command line did to the files. */
import type { FileChanges } from '../customer/workbench';
import { areEqual, type Bytes } from '../domain/bytes';

export function changesBetween(
	before: ReadonlyMap<string, Bytes>,
	after: ReadonlyMap<string, Bytes>
): FileChanges {
	const written = [...after]
		.filter(([name, bytes]) => !isSame(before.get(name), bytes))
		.map(([name, bytes]) => ({ name, bytes }));
	return { written, removed: [...before.keys()].filter((name) => !after.has(name)) };
}

/** An absent file differs from an empty file. */
export function isSame(a: Uint8Array | undefined, b: Uint8Array): boolean {
	return a !== undefined && areEqual(a, b);
}
