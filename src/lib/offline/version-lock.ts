/**
 * An open page holds a lock with the name of its version, so that the files of that version are kept until the page is
 * closed. The page may still need files that it has not loaded yet.
 */
const lockName = (cacheName: string) => `version/${cacheName}`;

export const cacheName = (base: string, version: string): string => `app:${base}:${version}`;

export function holdVersion(base: string, version: string): void {
	// older browsers have no locks, and blocked storage refuses them; then no files are stored either
	const locks = navigator.locks as LockManager | undefined;
	const forAsLongAsThePageLives = new Promise<never>(() => undefined);
	const name = lockName(cacheName(base, version));
	locks?.request(name, { mode: 'shared' }, () => forAsLongAsThePageLives).catch(() => undefined);
}

/** @returns whether a page is open whose version's files are in that cache */
export async function versionsInUse(): Promise<(cache: string) => boolean> {
	const locks = navigator.locks as LockManager | undefined;
	const names = new Set(
		(await locks?.query().catch(() => undefined))?.held?.map(({ name }) => name)
	);
	return (cache) => names.has(lockName(cache));
}
