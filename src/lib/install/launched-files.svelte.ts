/** Files that the operating system opened with the app, until a page uses them. They have not been read yet. */
import { safeFileName } from '../domain/display-name';
import { SCENARIO_FILE_ENDING } from '../domain/sandbox';

/** By extension: one page opens scenarios. Another imports workspaces, and reports what is wrong with other files. */
export type LaunchedKind = 'scenario' | 'workspace';

export function launchedKind(file: File): LaunchedKind {
	return safeFileName(file.name).toLowerCase().endsWith(SCENARIO_FILE_ENDING)
		? 'scenario'
		: 'workspace';
}

class LaunchedFiles {
	#waiting = $state.raw<readonly File[]>([]);

	isWaiting(kind: LaunchedKind): boolean {
		return this.#waiting.some((file) => launchedKind(file) === kind);
	}

	add(files: readonly File[]): void {
		this.#waiting = [...this.#waiting, ...files];
	}

	take(kind: LaunchedKind): File | undefined {
		const taken = this.#waiting.find((file) => launchedKind(file) === kind);
		this.#waiting = this.#waiting.filter((file) => file !== taken);
		return taken;
	}
}

export const launchedFiles = new LaunchedFiles();
