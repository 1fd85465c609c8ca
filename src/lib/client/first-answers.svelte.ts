/** Waits for the first answers to the queries of a part of a page, so that all of the part is shown at once. */
import { getContext, onDestroy, setContext, tick } from 'svelte';

const CONTEXT = Symbol('first answers');

export class FirstAnswers {
	#awaited = 0;
	#here = $state(false);

	/** True once every awaited answer has arrived; never becomes false again. */
	get here(): boolean {
		return this.#here;
	}

	/** @returns a function that reports the answer as arrived; further calls do nothing */
	await(): () => void {
		let isAwaited = true;
		this.#awaited += 1;
		return () => {
			if (!isAwaited) return;
			isAwaited = false;
			// newly rendered components may start queries of their own
			void tick().then(() => {
				this.#awaited -= 1;
				if (this.#awaited === 0) this.#here = true;
			});
		};
	}
}

/** Call in the component that encloses the part. */
export function gatherFirstAnswers(): FirstAnswers {
	return setContext(CONTEXT, new FirstAnswers());
}

/** The enclosing part's answers, if any. */
export const firstAnswers = (): FirstAnswers | undefined => getContext(CONTEXT);

/**
 * The enclosing part waits for an answer to the component that calls this, or for the component's end.
 *
 * @returns as `FirstAnswers.await`
 */
export function awaitFirstAnswer(): () => void {
	const arrived = firstAnswers()?.await();
	const done = () => arrived?.();
	onDestroy(done);
	return done;
}
