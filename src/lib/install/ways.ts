/** How a page is installed in a browser that gives it no prompt, told by what the browser has, not by its name. */

export interface Features {
	/** `beforeinstallprompt` exists: the browser installs pages, though it does not offer it now. */
	readonly installPrompt: boolean;
	/** Of Safari's engine alone. */
	readonly gestureEvent: boolean;
	readonly maxTouchPoints: number;
}

export type WayWithoutPrompt =
	/** An entry of the browser's menu or an icon in its address bar. */
	| 'menu'
	/** Share, Add to Home Screen. Every browser of an iPhone is one with Safari's engine. */
	| 'homeScreen'
	/** File, Add to Dock. */
	| 'dock'
	/** None that we know of. */
	| 'none';

export function wayWithoutPrompt(features: Features): WayWithoutPrompt {
	if (features.installPrompt) return 'menu';
	if (!features.gestureEvent) return 'none';
	return features.maxTouchPoints > 0 ? 'homeScreen' : 'dock';
}
