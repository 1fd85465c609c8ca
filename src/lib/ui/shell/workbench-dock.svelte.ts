/** Whether the workbench is shown. A choice is remembered for wide windows; a narrow one starts with the page alone. */
import { readStored, writeStored } from './stored';

const KEY = 'workbench';
/** From here on the dock stands beside the content; below, it is a sheet over it. As in WorkbenchDock.svelte. */
const WIDE = '(width >= 1280px)';

class WorkbenchDockState {
	#chosen = $state<boolean>();
	#wide = $state(false);

	/** @param onKeyPage the workbench is of most use where a key is open */
	isOpen(onKeyPage: boolean): boolean {
		return this.#chosen ?? (this.#wide && onKeyPage);
	}

	/** @returns the end of watching the window's width */
	start(): () => void {
		const query = matchMedia(WIDE);
		const stored = readStored(KEY);
		this.#wide = query.matches;
		if (this.#wide && stored !== null) this.#chosen = stored === 'open';
		const follow = (): void => {
			this.#wide = query.matches;
		};
		query.addEventListener('change', follow);
		return () => {
			query.removeEventListener('change', follow);
		};
	}

	choose(open: boolean): void {
		this.#chosen = open;
		if (this.#wide) writeStored(KEY, open ? 'open' : 'closed');
	}
}

export const workbenchDock = new WorkbenchDockState();
