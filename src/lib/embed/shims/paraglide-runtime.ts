/** Stands for the runtime of Paraglide: a bundle of the frame has one language, and its build knows which. */
declare const __EMBED_LOCALE__: Locale | undefined;

export type Locale = 'en' | 'zh-CN';
export const locales = ['en', 'zh-CN'] as const;
export const baseLocale: Locale = 'en';
export const localStorageKey = 'PARAGLIDE_LOCALE';

/** Messages look at it, and the build leaves the texts of the other language out. */
export const experimentalStaticLocale: Locale | undefined = __EMBED_LOCALE__;
export const getLocale = (): Locale => __EMBED_LOCALE__ ?? baseLocale;
export const overwriteGetLocale = (): void => undefined;
export const isLocale = (value: unknown): value is Locale => locales.some((one) => one === value);
export const toLocale = (value: unknown): Locale | undefined =>
	isLocale(value) ? value : undefined;
