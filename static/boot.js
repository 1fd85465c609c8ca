// Runs before the first paint: theme and language as chosen, so that neither flashes.
// The keys are those of src/lib/ui/shell/theme.svelte.ts and language.svelte.ts.
(() => {
	const root = document.documentElement;

	/**
	 * In somebody else's page a visitor could be led to click on what is not what it seems. A host's header keeps the
	 * console out of frames; where it sends none, no script of the page runs after this one.
	 */
	function leaveUnstarted() {
		const policy = document.createElement('meta');
		policy.httpEquiv = 'content-security-policy';
		policy.content = "script-src 'none'";
		document.head.append(policy);
		addEventListener('DOMContentLoaded', () => {
			const text = document.createElement('p');
			const link = document.createElement('a');
			const chinese = root.lang === 'zh-CN';
			text.append(
				chinese ? '沙箱不在其他页面的框架中运行。' : 'The sandbox does not run in a frame. ',
				link
			);
			link.href = location.href;
			link.target = '_blank';
			link.rel = 'noopener';
			link.textContent = chinese ? '在单独的标签页中打开' : 'Open it in a tab of its own';
			document.body.replaceChildren(text);
		});
	}

	/** @param {string} key */
	function stored(key) {
		try {
			return localStorage.getItem(key);
		} catch {
			return null; // storage is blocked
		}
	}

	const framed = top !== self;
	if (framed) leaveUnstarted();

	const theme = stored('theme');
	if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

	const wanted = [stored('PARAGLIDE_LOCALE') ?? '', ...navigator.languages];
	const language = wanted.find((tag) => /^(en|zh)\b/i.test(tag)) ?? 'en';
	if (/^zh/i.test(language)) {
		root.lang = 'zh-CN';
		if (framed) return;
		// Pages are prerendered in English: base.css keeps them out of sight until they speak Chinese.
		root.dataset.waiting = '';
	}
})();

// The browser offers to install the page once, and mostly before the app runs: install.svelte.ts takes it from here.
addEventListener('beforeinstallprompt', (event) => {
	event.preventDefault();
	Object.assign(window, { installPrompt: event });
});
