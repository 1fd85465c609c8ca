/** Whether the reader has begun to fill in something on this page that a reload would lose. */

const draft = $state({ begunAt: '' });

/** @param href address of the page: at another one nothing was begun, except in the dock, which stays */
export const hasDraft = (href: string): boolean =>
	draft.begunAt === withoutHash(href) || dockHasText();

/** A part of the page is no other page. */
const withoutHash = (href: string): string => href.split('#', 1)[0] ?? href;

function dockHasText(): boolean {
	const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
		'#workbench :is(textarea, input:not([type="checkbox"], [type="radio"], [type="file"]))'
	);
	return [...fields].some((field) => field.value !== field.defaultValue);
}

export function watchDrafts(): void {
	const begin = ({ target }: Event) => {
		// what the top bar offers takes effect at once and is kept
		if (target instanceof Element && !target.closest('.top, #workbench'))
			draft.begunAt = withoutHash(location.href);
	};
	for (const type of ['input', 'change', 'drop'])
		document.addEventListener(type, begin, { capture: true, passive: true });
}
