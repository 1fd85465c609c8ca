/** Runs while pages are prerendered. */
import type { Handle } from '@sveltejs/kit';

/** The font is wanted by the first paint, but a browser asks for it only after it has read the style sheets. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, { preload: ({ type }) => type !== 'asset' });
