/** How far the page is on its way offline, and whether another version waits. Kept apart: the rest is loaded later. */

export const offline = $state<{
	/**
	 * `unavailable`: no service worker, because the browser has none or refuses; `complete`: every file was looked for
	 * and is stored.
	 */
	state: 'unknown' | 'unavailable' | 'preparing' | 'failed' | 'complete';
	/** Why it failed: no room for the files, or not all of them could be had. */
	reason?: 'space' | 'network';
	/** How many files are stored, when it is complete. */
	files?: number;
	/**
	 * `waiting`: a new version is stored and waits for consent; `replaced`: it has taken over, and this page still is
	 * the old one; `failed`: it could not be had whole, and this version goes on.
	 */
	update: 'none' | 'waiting' | 'replaced' | 'failed';
	/** The reader has said: not now. */
	postponed: boolean;
}>({ state: 'unknown', update: 'none', postponed: false });
