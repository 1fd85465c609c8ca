/** For the author of the page around: attributes that the demo is not told of, and that would go without a word. */
const FORMS: readonly (readonly [name: string, form: RegExp, allowed: string])[] = [
	['lang', /^(en|zh)\b/i, 'en or zh-CN'],
	['height', /^[1-9][\d.]*$/, 'a number of pixels'],
	['start', /^(click|visible|now)$/, 'click, visible or now']
];

const said = new Set<string>();

/** Once for each value. */
export function warnOf(element: Element): void {
	for (const [name, form, allowed] of FORMS) {
		const value = element.getAttribute(name);
		if (!value || form.test(value)) continue;
		const warning = `kms-demo: ${name} is ${allowed}, not ${value}.`;
		if (!said.has(warning)) console.warn(warning);
		said.add(warning);
	}
}
