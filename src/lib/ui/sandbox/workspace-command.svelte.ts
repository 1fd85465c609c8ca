/** One command on workspaces: whether it runs, and the problem it met. A defect is thrown on, to the shell. */
import type { WorkspaceProblem, WorkspaceResult } from '$lib/workspaces/workspaces';

export class WorkspaceCommand {
	#busy = $state(false);
	#problem = $state<WorkspaceProblem>();

	get busy(): boolean {
		return this.#busy;
	}

	get problem(): WorkspaceProblem | undefined {
		return this.#problem;
	}

	/** @returns the value, or undefined when refused or when the last run has not ended yet */
	async run<T>(call: () => Promise<WorkspaceResult<T>>): Promise<T | undefined> {
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

	forget(): void {
		this.#problem = undefined;
	}
}
