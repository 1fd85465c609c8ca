/** Waits for the first answers to what a part of a page asks, so that all of the part is shown at once. */
import { getContext, setContext, tick } from 'svelte';

const CONTEXT = Symbol('first answers');

export class FirstAnswers {
	#awaited = 0;
	#here = $state(false);

	/** All are here, and have been once: a part that was shown stays. */
	get here(): boolean {
		return this.#here;
	}

	/** @returns says that the answer is here; more than once is the same as once */
	await(): () => void {
		let isAwaited = true;
		this.#awaited += 1;
		return () => {
			if (!isAwaited) return;
			isAwaited = false;
			// what it brings on screen may ask something in turn
			void tick().then(() => {
				this.#awaited -= 1;
				if (this.#awaited === 0) this.#here = true;
			});
		};
	}
}

/** For the component around the part, and all that is in it. */
export function gatherFirstAnswers(): FirstAnswers {
	return setContext(CONTEXT, new FirstAnswers());
}

/** Of the part that the component is in, if it is in one. */
export const firstAnswers = (): FirstAnswers | undefined => getContext(CONTEXT);
