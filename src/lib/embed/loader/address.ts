/** Where the embed's pages are, and the address of the one that is asked for. */

import { localeOf } from './texts';

/** Attributes that the page takes as they are; it checks them itself. */
const PASSED = ['parts', 'theme', 'accent', 'clock', 'persist'] as const;

/**
 * The folder that this script came from, or `''`. A module has no `document.currentScript`, and `import.meta` is not for a
 * classic script: the stack names the file in both.
 */
export function ownFolder(): string {
	const [, folder] = /(https?:[^\s()]*\/)kms-demo\.js/.exec(new Error().stack ?? '') ?? [];
	if (folder) return folder;
	const script =
		document.currentScript ?? [...document.querySelectorAll('script[src*="kms-demo.js"]')].at(-1);
	return script instanceof HTMLScriptElement && script.src ? new URL('.', script.src).href : '';
}

/** @returns undefined when no page can be meant */
export function pageAddress(element: Element, folder: string): URL | undefined {
	const link = element.getAttribute('src');
	const scenario = link === null ? element.getAttribute('scenario') : 'scenario';
	const base = element.getAttribute('base') ?? folder;
	if (scenario === null || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(scenario)) return undefined;
	const page = `${base.replace(/\/?$/, '/')}${scenario}.html`;
	if (!URL.canParse(page, document.baseURI)) return undefined;
	const address = new URL(page, document.baseURI);
	if (!/^https?:$/.test(address.protocol)) return undefined;
	for (const name of PASSED) {
		const value = element.getAttribute(name);
		if (value) address.searchParams.set(name, value);
	}
	const locale = localeOf(element);
	if (locale) address.searchParams.set('lang', locale);
	if (element.hasAttribute('exam')) address.searchParams.set('exam', '1');
	if (link !== null) address.hash = link.slice(link.indexOf('#') + 1);
	return address;
}
