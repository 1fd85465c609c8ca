/** One command of a form: whether it runs, and the refusal it got. A defect is thrown on, to the shell. */
import type { Refusal } from '$lib/domain/refusals';
import type { Result } from '$lib/domain/result';

export class Command {
	#busy = $state(false);
	#refusal = $state.raw<Refusal>();

	get busy(): boolean {
		return this.#busy;
	}

	get refusal(): Refusal | undefined {
		return this.#refusal;
	}

	/** @returns the value, or undefined when refused or when the last run has not ended yet */
	async run<T>(call: () => Promise<Result<T>>): Promise<T | undefined> {
		if (this.#busy) return undefined;
		this.#busy = true;
		// taken away first, so that the same refusal twice is announced twice
		this.#refusal = undefined;
		try {
			const result = await call();
			if (result.ok) return result.value;
			this.#refusal = result.refusal;
			return undefined;
		} finally {
			this.#busy = false;
		}
	}
}
