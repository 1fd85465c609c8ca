/**
 * A page that is open holds a lock in the name of its version, so that the files of that version are kept until it is
 * gone: it may still ask for a part that it has not loaded yet.
 */
const lockName = (cacheName: string) => `version/${cacheName}`;

export const cacheName = (base: string, version: string): string => `app:${base}:${version}`;

export function holdVersion(base: string, version: string): void {
	// older browsers have no locks, and where storage is blocked they are refused: then no files are stored either
	const locks = navigator.locks as LockManager | undefined;
	const forAsLongAsThePageLives = new Promise<never>(() => undefined);
	const name = lockName(cacheName(base, version));
	locks?.request(name, { mode: 'shared' }, () => forAsLongAsThePageLives).catch(() => undefined);
}

/** @returns whether a page of the version whose files are in that cache is open */
export async function versionsInUse(): Promise<(cache: string) => boolean> {
	const locks = navigator.locks as LockManager | undefined;
	const names = new Set(
		(await locks?.query().catch(() => undefined))?.held?.map(({ name }) => name)
	);
	return (cache) => names.has(lockName(cache));
}
