/** What the element itself says; the demo brings its own texts. */
const TEXTS = {
	en: {
		title: 'Demo of the key import',
		begin: 'Start the demo',
		loading: 'The demo is loading …',
		failed: 'The demo could not be loaded.',
		open: 'Open it in a tab of its own'
	},
	'zh-CN': {
		title: '密钥导入演示',
		begin: '开始演示',
		loading: '正在加载演示……',
		failed: '演示无法加载。',
		open: '在新标签页中打开'
	}
};

/** What the attribute `lang` asks for; undefined: the visitor's, as the demo finds it. */
export function localeOf(element: Element): 'en' | 'zh-CN' | undefined {
	const lang = element.getAttribute('lang') ?? '';
	if (/^zh\b/i.test(lang)) return 'zh-CN';
	return /^en\b/i.test(lang) ? 'en' : undefined;
}

export const textsFor = (element: Element) =>
	TEXTS[localeOf(element) ?? (/^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en')];
