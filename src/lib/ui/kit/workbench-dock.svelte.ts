/**
 * The dock beside the content: whether it is shown, which of its tabs, how wide. A choice is remembered for wide windows; a
 * narrow one starts with the page alone.
 */
import { readStored, writeStored } from './stored';

const OPEN_KEY = 'workbench';
const TAB_KEY = 'dock-tab';
const WIDTH_KEY = 'dock-width';
/** From here on the dock stands beside the content; below, it is a sheet over it. As in WorkbenchDock.svelte. */
const WIDE = '(width >= 1280px)';

export const DOCK_TABS = ['workbench', 'inspector'] as const;
export type DockTab = (typeof DOCK_TABS)[number];

/** In CSS pixels. */
export const DOCK_WIDTH = { least: 320, usual: 400, most: 720 } as const;

class WorkbenchDockState {
	#chosen = $state<boolean>();
	#wide = $state(false);
	#tab = $state<DockTab>('workbench');
	#width = $state<number>(DOCK_WIDTH.usual);

	get tab(): DockTab {
		return this.#tab;
	}

	/** Whether it stands beside the content. */
	get wide(): boolean {
		return this.#wide;
	}

	get width(): number {
		return this.#width;
	}

	/** @param onKeyPage the workbench is of most use where a key is open */
	isOpen(onKeyPage: boolean): boolean {
		return this.#chosen ?? (this.#wide && onKeyPage);
	}

	/** @returns the end of watching the window's width */
	start(): () => void {
		const query = matchMedia(WIDE);
		const stored = readStored(OPEN_KEY);
		this.#wide = query.matches;
		if (this.#wide && stored !== null) this.#chosen = stored === 'open';
		this.#tab = DOCK_TABS.find((tab) => tab === readStored(TAB_KEY)) ?? 'workbench';
		this.#width = withinBounds(Number(readStored(WIDTH_KEY) ?? DOCK_WIDTH.usual));
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
		if (this.#wide) writeStored(OPEN_KEY, open ? 'open' : 'closed');
	}

	show(tab: DockTab): void {
		this.#tab = tab;
		writeStored(TAB_KEY, tab);
	}

	resize(width: number): void {
		this.#width = withinBounds(width);
		writeStored(WIDTH_KEY, String(this.#width));
	}
}

function withinBounds(width: number): number {
	if (!Number.isFinite(width)) return DOCK_WIDTH.usual;
	return Math.round(Math.min(Math.max(width, DOCK_WIDTH.least), DOCK_WIDTH.most));
}

export const workbenchDock = new WorkbenchDockState();
