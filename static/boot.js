// Runs before the first paint: theme and language as chosen, so that neither flashes.
// The keys are those of src/lib/ui/shell/theme.svelte.ts and language.svelte.ts.
(() => {
	const root = document.documentElement;

	/** @param {string} key */
	function stored(key) {
		try {
			return localStorage.getItem(key);
		} catch {
			return null; // storage is blocked
		}
	}

	const theme = stored('theme');
	if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

	const wanted = [stored('PARAGLIDE_LOCALE') ?? '', ...navigator.languages];
	const language = wanted.find((tag) => /^(en|zh)\b/i.test(tag)) ?? 'en';
	if (/^zh/i.test(language)) {
		root.lang = 'zh-CN';
		// Pages are prerendered in English: base.css keeps them out of sight until they speak Chinese.
		root.dataset.waiting = '';
	}
})();

// The browser offers to install the page once, and mostly before the app runs: install.svelte.ts takes it from here.
addEventListener('beforeinstallprompt', (event) => {
	event.preventDefault();
	Object.assign(window, { installPrompt: event });
});
