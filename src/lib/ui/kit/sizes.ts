/** Sizes as people read them, in the language of the page. */
import { getLocale } from '$lib/paraglide/runtime';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export function sizeText(bytes: number): string {
	const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
	return new Intl.NumberFormat(getLocale(), {
		style: 'unit',
		unit: UNITS[power] ?? 'byte',
		maximumFractionDigits: power === 0 ? 0 : 1
	}).format(bytes / 1000 ** power);
}
