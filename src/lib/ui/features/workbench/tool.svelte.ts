/** One tool of the workbench: whether it runs, the file it made, what went wrong. A defect is thrown on, to the shell. */
import type { TrayFile, WorkbenchProblem, WorkbenchResult } from '$lib/customer/workbench';

export class Tool {
	#busy = $state(false);
	#problem = $state<WorkbenchProblem>();
	#madeName = $state<string>();

	get busy(): boolean {
		return this.#busy;
	}

	get problem(): WorkbenchProblem | undefined {
		return this.#problem;
	}

	get madeName(): string | undefined {
		return this.#madeName;
	}

	/** Does nothing while the last run has not ended. */
	async run(call: () => Promise<WorkbenchResult<TrayFile>>): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		// taken away first, so that the same outcome twice is announced twice
		this.#problem = undefined;
		this.#madeName = undefined;
		try {
			const result = await call();
			if (result.ok) this.#madeName = result.value.name;
			else this.#problem = result.problem;
		} finally {
			this.#busy = false;
		}
	}
}
