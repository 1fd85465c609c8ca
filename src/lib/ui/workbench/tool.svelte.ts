/** One tool of the workbench: whether it runs, and what went wrong. A defect is thrown on, to the shell. */
import type { WorkbenchProblem, WorkbenchResult } from '$lib/customer/workbench';

export class Tool {
	#busy = $state(false);
	#problem = $state<WorkbenchProblem>();

	get busy(): boolean {
		return this.#busy;
	}

	get problem(): WorkbenchProblem | undefined {
		return this.#problem;
	}

	/** @returns the value, or undefined when it did not work or the last run has not ended yet */
	async run<T>(call: () => Promise<WorkbenchResult<T>>): Promise<T | undefined> {
		if (this.#busy) return undefined;
		this.#busy = true;
		this.#problem = undefined;
		try {
			const result = await call();
			if (result.ok) return result.value;
			this.#problem = result.problem;
			return undefined;
		} finally {
			this.#busy = false;
		}
	}
}
