/**
 * The language of the page, as a rune: every `m.…()` in markup or in `$derived` follows it without a reload, so that
 * switching keeps what was typed. A text put into a plain variable would not follow.
 */
import { tick } from 'svelte';
import {
	baseLocale,
	localStorageKey,
	overwriteGetLocale,
	toLocale,
	type Locale
} from '$lib/paraglide/runtime';
import { writeStored } from '../kit/stored';

class Language {
	/** Pages are prerendered in the base language, so hydration begins with it too. */
	#current = $state<Locale>(baseLocale);

	get current(): Locale {
		return this.#current;
	}

	/** Called once after hydration: takes over what boot.js chose, and shows the page it kept out of sight. */
	async start(): Promise<void> {
		const root = document.documentElement;
		this.#current = toLocale(root.lang) ?? baseLocale;
		await tick();
		delete root.dataset['waiting'];
	}

	choose(locale: Locale): void {
		this.#current = locale;
		document.documentElement.lang = locale;
		writeStored(localStorageKey, locale);
	}
}

export const language = new Language();

overwriteGetLocale(() => language.current);
