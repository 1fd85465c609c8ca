/** What a frame says to the service worker of the embeds. Types only. */

export interface Keep {
	readonly type: 'KEEP';
	/** Addresses of what the frame has loaded. */
	readonly addresses: readonly string[];
}
