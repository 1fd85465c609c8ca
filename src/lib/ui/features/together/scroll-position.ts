/**
 * Restores the scroll position after Back and reload. SvelteKit restores it too early: the page reaches its full length only
 * after its first answers.
 */

let wantedPx: number | undefined;

/** Called when the user returns to a page. */
export function wantScroll(px: number): void {
	wantedPx = px;
	applyScroll();
}

/** Called when the page has become longer. */
export function applyScroll(): void {
	if (wantedPx === undefined) return;
	scrollTo({ top: wantedPx, behavior: 'instant' });
	// within a pixel: some browsers round what is asked for
	if (scrollY > wantedPx - 1) forgetScroll();
}

/** Called when the user scrolls, clicks, presses a key or navigates. */
export function forgetScroll(): void {
	wantedPx = undefined;
}
