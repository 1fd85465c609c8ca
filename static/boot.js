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
			const link = document.createElement('a');
			link.href = location.href;
			link.target = '_blank';
			link.rel = 'noopener';
			link.textContent = inChinese() ? '在单独的标签页中打开' : 'Open it in a tab of its own';
			document.body.replaceChildren(
				line(
					inChinese() ? '沙箱不在其他页面的框架中运行。' : 'The sandbox does not run in a frame. ',
					link
				)
			);
		});
	}

	/** An app that lacks its first files can't say so itself; what was prerendered would wait for it without end. */
	function noteMissingFiles() {
		const { head } = document;
		addEventListener('unhandledrejection', () => {
			// a page that is being left can't load its files either, and needs no text
			setTimeout(() => {
				if (root.dataset.started === '' || document.getElementById('not-loaded')) return;
				const button = document.createElement('button');
				button.className = 'button';
				button.textContent = inChinese() ? '重新加载' : 'Reload';
				button.onclick = () => {
					location.reload();
				};
				const notice = line(
					inChinese()
						? '沙箱的部分文件未能加载。已保存的数据没有变化。请检查网络连接，然后重新加载。'
						: 'Some files of the sandbox couldn’t be loaded. Your saved data is unchanged. Check your connection, then reload the page. ',
					button
				);
				// an app that starts after all removes it
				notice.id = 'not-loaded';
				// kit may have put its own page here
				document.head.replaceWith(head);
				delete root.dataset.waiting;
				document.body.prepend(notice);
			}, 1000);
		});
	}

	const inChinese = () => root.lang === 'zh-CN';

	/**
	 * @param {string} text
	 * @param {HTMLElement} way what can be done about it
	 */
	function line(text, way) {
		const alert = document.createElement('p');
		alert.role = 'alert';
		alert.append(text, way);
		return alert;
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
	else noteMissingFiles();

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
