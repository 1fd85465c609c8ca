/** Whether the page is installed or can be, and what an installed app can do beside: a badge, files it opens. */
import { keepBadge } from './badge.svelte';
import { takeLaunches } from './launches';
import { wayWithoutPrompt, type WayWithoutPrompt } from './ways';

/** No type library has it: it is no standard. */
interface InstallPrompt extends Event {
	prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

export type InstallState =
	/** Not looked at yet. */
	| 'unknown'
	/** This window is the installed app's. */
	| 'app'
	/** Installed just now, and this page is still in the browser's tab. */
	| 'installed'
	/** The browser would ask at a press of our button. */
	| 'prompt'
	| WayWithoutPrompt;

class Install {
	#started = $state(false);
	#isApp = $state(false);
	#isInstalled = $state(false);
	#prompt = $state.raw<InstallPrompt>();

	get state(): InstallState {
		if (!this.#started) return 'unknown';
		if (this.#isApp) return 'app';
		if (this.#isInstalled) return 'installed';
		return this.#prompt ? 'prompt' : wayWithoutPrompt(features());
	}

	/** Opens the browser's own question. It can be asked once for each prompt that the browser gives. */
	async ask(): Promise<void> {
		const prompt = this.#prompt;
		this.#prompt = undefined;
		await prompt?.prompt();
	}

	start(): () => void {
		this.#started = true;
		const app = matchMedia('(display-mode: standalone)');
		// Chromium moves the tab into the app's window when it was installed from it
		let stopBadge: (() => void) | undefined;
		const look = () => {
			this.#isApp = app.matches;
			if (app.matches) stopBadge ??= keepBadge();
		};
		const offered = (event: Event) => {
			// or a bar of the browser's own covers the bottom of a small window
			event.preventDefault();
			this.#prompt = event as InstallPrompt;
		};
		// mostly it comes before this module does, and it comes once: boot.js keeps it
		this.#prompt = (window as { readonly installPrompt?: InstallPrompt }).installPrompt;
		const installed = () => {
			this.#prompt = undefined;
			this.#isInstalled = true;
		};
		look();
		app.addEventListener('change', look);
		addEventListener('beforeinstallprompt', offered);
		addEventListener('appinstalled', installed);
		return () => {
			stopBadge?.();
			app.removeEventListener('change', look);
			removeEventListener('beforeinstallprompt', offered);
			removeEventListener('appinstalled', installed);
		};
	}
}

export const install = new Install();

/** Called once by the root layout. @returns the end of it */
export function startInstall(): () => void {
	const stopInstall = install.start();
	const stopLaunches = takeLaunches();
	return () => {
		stopInstall();
		stopLaunches();
	};
}

function features() {
	return {
		installPrompt: 'onbeforeinstallprompt' in window,
		gestureEvent: 'GestureEvent' in window,
		maxTouchPoints: navigator.maxTouchPoints
	};
}
