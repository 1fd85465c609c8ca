/** One command on workspaces: whether it runs, and the problem it met. A defect is thrown on, to the shell. */
import type { WorkProgress, WorkspaceProblem, WorkspaceResult } from '$lib/workspaces/workspaces';

export class WorkspaceCommand {
	#busy = $state(false);
	#problem = $state<WorkspaceProblem>();
	#at = $state<string>();
	#progress = $state.raw<WorkProgress>();
	/** The page's end of the port that the work reports to. */
	#port: MessagePort | undefined;

	get busy(): boolean {
		return this.#busy;
	}

	get problem(): WorkspaceProblem | undefined {
		return this.#problem;
	}

	/** Where in a file the problem is. */
	get at(): string | undefined {
		return this.#at;
	}

	/** How far the work is; undefined: it is short, or it does not run. */
	get progress(): WorkProgress | undefined {
		return this.#progress;
	}

	/** Asks for the end of the work. It answers with the problem `Stopped`. */
	stop(): void {
		this.#port?.postMessage('stop');
	}

	/** @returns the value, or undefined when refused or when the last run has not ended yet */
	async run<T>(call: (work: MessagePort) => Promise<WorkspaceResult<T>>): Promise<T | undefined> {
		if (this.#busy) return undefined;
		this.#busy = true;
		this.forget();
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }: MessageEvent<WorkProgress>) => {
			this.#progress = data;
		};
		this.#port = port1;
		try {
			const result = await call(port2);
			if (result.ok) return result.value;
			this.#problem = result.problem;
			this.#at = result.at;
			return undefined;
		} finally {
			port1.close();
			this.#port = undefined;
			this.#progress = undefined;
			this.#busy = false;
		}
	}

	forget(): void {
		this.#problem = undefined;
		this.#at = undefined;
	}
}
