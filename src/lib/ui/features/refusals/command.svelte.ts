/** One command of a form: whether it runs, and the refusal it got. A defect is thrown on, to the shell. */
import type { RefusedCall } from '$lib/diagnosis/diagnosis';
import type { Refusal } from '$lib/domain/refusals';
import type { Result } from '$lib/domain/result';

export class Command {
	#busy = $state(false);
	#refusal = $state.raw<Refusal>();
	#refusedCall = $state.raw<RefusedCall>();

	get busy(): boolean {
		return this.#busy;
	}

	get refusal(): Refusal | undefined {
		return this.#refusal;
	}

	/** The call that was refused, as it was made: the diagnosis looks at it. */
	get refusedCall(): RefusedCall | undefined {
		return this.#refusedCall;
	}

	/**
	 * @param described what `call` asks for, so that a refusal of it can be diagnosed
	 * @returns the value, or undefined when refused or when the last run has not ended yet
	 */
	async run<T>(call: () => Promise<Result<T>>, described?: RefusedCall): Promise<T | undefined> {
		if (this.#busy) return undefined;
		this.#busy = true;
		// taken away first, so that the same refusal twice is announced twice
		this.#refusal = undefined;
		try {
			const result = await call();
			if (result.ok) return result.value;
			this.#refusedCall = described;
			this.#refusal = result.refusal;
			return undefined;
		} finally {
			this.#busy = false;
		}
	}
}
