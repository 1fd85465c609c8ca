/** Plays the solution of the open run in the console, slowly enough to be followed. */
import { go, href } from '$lib/ui/kit/navigation';
import { learn } from '$lib/client/learn';
import type { RunReference } from '$lib/learn/learn';
import { done } from './done';

/** Long enough to read what has changed. */
const PAUSE_MS = 2000;

class SolutionPlayer {
	playing = $state(false);
	done = $state(0);
	#wanted = 0;

	/** @param actions how many the solution has */
	async play(run: RunReference, actions: number): Promise<void> {
		const own = ++this.#wanted;
		this.playing = true;
		this.done = 0;
		try {
			for (let index = 0; index < actions && own === this.#wanted; index++) {
				const performed = await done(learn.performNext(run, index));
				if (!performed) break;
				this.done = index + 1;
				if (performed.keyId !== null)
					await go(href('/keys/[keyId]', { keyId: performed.keyId }), { noScroll: true });
				await new Promise((wake) => setTimeout(wake, PAUSE_MS));
			}
		} finally {
			if (own === this.#wanted) this.playing = false;
		}
	}

	stop(): void {
		this.#wanted++;
		this.playing = false;
	}
}

/** One for the page: the panel goes and comes again when the run begins anew. */
export const solution = new SolutionPlayer();
