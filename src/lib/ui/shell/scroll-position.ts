/**
 * Where a page was scrolled to, for Back and reload. The browser's own memory of it is too early: the page has that length
 * again only when its first answers are there.
 */

let wantedPx: number | undefined;

/** Of the page that is come back to. */
export function wantScroll(px: number): void {
	wantedPx = px;
	applyScroll();
}

/** Called when the page has become longer. */
export function applyScroll(): void {
	if (wantedPx !== undefined) scrollTo({ top: wantedPx, behavior: 'instant' });
}

/** The user, or a link, goes somewhere else. */
export function forgetScroll(): void {
	wantedPx = undefined;
}
