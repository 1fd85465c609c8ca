import { m } from '$lib/paraglide/messages';

/** The title of a browser tab: the page first, because tabs are narrow. */
export function pageTitle(page: string): string {
	return isInstalled() ? page : `${page} · ${m.shell_product_name()}`;
}

/** The bar of an installed app's window already says which app it is. */
function isInstalled(): boolean {
	return typeof matchMedia === 'function' && matchMedia('(display-mode: standalone)').matches;
}
