/** The browser has no space left. This refusal is expected, so it is a value, not an exception. */

/** Nothing was stored: the transaction was rolled back whole. */
export interface StorageFull {
	readonly ok: false;
	readonly problem: 'StorageFull';
}

/** @returns whether a write failed for lack of space; Dexie wraps the browser's error as `inner` */
export function isStorageFull(error: unknown): boolean {
	const names = [error, (error as { inner?: unknown } | null)?.inner].map(
		(one) => (one as { name?: unknown } | null | undefined)?.name
	);
	return names.includes('QuotaExceededError');
}

/** The refusal as an error, for what cannot go on without an answer: `isStorageFull` knows it by its name. */
class StorageFullError extends Error {
	override readonly name = 'QuotaExceededError';
}

/**
 * For what cannot go on when it is refused.
 *
 * @throws an error that `isStorageFull` knows, or what `otherwise` makes of another refusal
 */
export function required(
	answer: { readonly ok: true } | { readonly ok: false; readonly problem: string },
	otherwise: (problem: string) => Error = (problem) => new Error(`refused: ${problem}`)
): void {
	if (answer.ok) return;
	throw answer.problem === 'StorageFull' ? new StorageFullError() : otherwise(answer.problem);
}

type Commands = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;
type OrStorageFull<T extends Commands> = {
	readonly [Name in keyof T]: (
		...args: Parameters<T[Name]>
	) => Promise<Awaited<ReturnType<T[Name]>> | StorageFull>;
};

/** @returns the same commands: each answers with the refusal where there was no space for what it writes */
export function orStorageFull<T extends Commands>(commands: T): OrStorageFull<T> {
	const answering = Object.entries(commands).map(([name, command]) => [
		name,
		(...args: never[]) => unlessStorageFull(() => command(...args))
	]);
	return Object.fromEntries(answering) as OrStorageFull<T>;
}

/** @returns the result of `write`, or the refusal if the space was not enough. Any other error is thrown. */
export async function unlessStorageFull<T>(write: () => Promise<T>): Promise<T | StorageFull> {
	try {
		return await write();
	} catch (error) {
		if (isStorageFull(error)) return { ok: false, problem: 'StorageFull' };
		throw error;
	}
}
