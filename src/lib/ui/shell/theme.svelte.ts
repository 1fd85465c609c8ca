/** Light or dark: by the system, unless chosen. boot.js applies the stored choice before the first paint. */
import { readStored, writeStored } from '../kit/stored';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'theme';

class ThemeChoice {
	#current = $state<Theme>('system');

	get current(): Theme {
		return this.#current;
	}

	start(): void {
		const stored = readStored(KEY);
		this.#current = THEMES.find((theme) => theme === stored) ?? 'system';
	}

	choose(theme: Theme): void {
		this.#current = theme;
		writeStored(KEY, theme);
		const { dataset } = document.documentElement;
		if (theme === 'system') delete dataset['theme'];
		else dataset['theme'] = theme;
	}
}

export const theme = new ThemeChoice();
