/** The workspaces of this browser, for the pages that list them: read at the start, after each change and on return. */
import { awaitFirstAnswer } from '$lib/client/first-answers.svelte';
import { workspaces } from '$lib/client/workspaces';
import type { Workspace, WorkspaceProblem } from '$lib/workspaces/workspaces';

type Answer =
	| { readonly status: 'loading' }
	| { readonly status: 'ready'; readonly list: readonly Workspace[]; readonly current: Workspace }
	| { readonly status: 'refused'; readonly problem: WorkspaceProblem }
	| { readonly status: 'failed'; readonly message: string };

export class WorkspaceList {
	#now = $state.raw<Answer>({ status: 'loading' });
	readonly #arrived = awaitFirstAnswer();

	get now(): Answer {
		return this.#now;
	}

	get list(): readonly Workspace[] {
		return this.#now.status === 'ready' ? this.#now.list : [];
	}

	async load(): Promise<void> {
		try {
			const [current, list] = await Promise.all([workspaces.current(), workspaces.list()]);
			if ('problem' in current) this.#now = { status: 'refused', problem: current.problem };
			else if ('problem' in list) this.#now = { status: 'refused', problem: list.problem };
			else this.#now = { status: 'ready', current, list };
		} catch (error) {
			this.#now = { status: 'failed', message: String(error) };
		}
		this.#arrived();
	}

	/** What other tabs changed meanwhile shows when the reader comes back. @returns the end of it */
	start(): () => void {
		const reload = () => {
			if (document.visibilityState === 'visible') void this.load();
		};
		reload();
		document.addEventListener('visibilitychange', reload);
		return () => {
			document.removeEventListener('visibilitychange', reload);
		};
	}
}
