/** The browser has no space left. This refusal is expected, so it is a value, not an exception. */

/** Nothing was stored: the transaction was rolled back whole. */
export interface StorageFull {
	readonly ok: false;
	readonly problem: 'StorageFull';
}

interface Failure {
	readonly name?: unknown;
	/** Dexie's: what a transaction was rolled back for. */
	readonly inner?: unknown;
	/** Dexie's: one for each row. */
	readonly failures?: unknown;
}

/** @returns whether a write failed for lack of space, however Dexie wraps the browser's error */
export function isStorageFull(error: unknown): boolean {
	if (typeof error !== 'object' || error === null) return false;
	const { name, inner, failures }: Failure = error;
	const causes: unknown[] = [inner].concat(Array.isArray(failures) ? failures : []);
	return name === 'QuotaExceededError' || causes.some(isStorageFull);
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
