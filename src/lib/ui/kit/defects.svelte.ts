/** The last defect: an error that the code does not expect. Refusals never come here. */

/** In an object of its own, because anything can be thrown, `undefined` too. */
interface Noted {
	readonly error: unknown;
}

export const defect = $state<{ noted: Noted | undefined }>({ noted: undefined });

export function noteDefect(error: unknown): void {
	defect.noted = { error };
}
