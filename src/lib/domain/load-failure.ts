/** A part of the app that could not be loaded: the network's failure, and no defect. The user is told, and can try again. */

/** Errors lose their class on the way from the worker, and keep their name. */
const NAME = 'LoadFailure';

export class LoadFailure extends Error {
	override readonly name = NAME;
}

/** For the rejection of an `import`. */
export function asLoadFailure(cause: unknown): never {
	throw new LoadFailure(String(cause));
}

export const isLoadFailure = (error: unknown): boolean =>
	error instanceof Error && error.name === NAME;

/** For what goes on without the part. Any other error is thrown. */
export function throwUnlessLoadFailure(error: unknown): void {
	if (!isLoadFailure(error)) throw error;
}
