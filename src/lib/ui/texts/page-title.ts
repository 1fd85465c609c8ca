import { m } from '$lib/paraglide/messages';

/** The title of a browser tab: the page first, because tabs are narrow. */
export function pageTitle(page: string): string {
	return `${page} · ${m.shell_product_name()}`;
}
