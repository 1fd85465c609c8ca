/** For the author of the page around: what is asked for in a form that would be passed over without a word. */
import { localeOf } from './texts';

const said = new Set<string>();

/** Once for each value. */
export function warnOf(element: Element): void {
	const note = (name: string, allowed: string, isRight: (value: string) => unknown) => {
		const value = element.getAttribute(name);
		if (!value || isRight(value)) return;
		const warning = `kms-demo: ${name}="${value}": use ${allowed}`;
		if (!said.has(warning)) console.warn(warning);
		said.add(warning);
	};
	note('lang', 'en or zh-CN', () => localeOf(element));
	note('height', 'a number', (value) => Number(value) > 0);
	note('start', 'click, visible or now', (value) => /^(click|visible|now)$/.test(value));
}
