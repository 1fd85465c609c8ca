/** Whether the reader has begun to fill in something on this page that a reload would lose. */

const draft = $state({ begunAt: '' });

/** @param href address of the page: at another one nothing was begun */
export const hasDraft = (href: string): boolean => draft.begunAt === href;

export function watchDrafts(): void {
	const begin = ({ target }: Event) => {
		// what the top bar offers takes effect at once and is kept
		if (target instanceof Element && !target.closest('header')) draft.begunAt = location.href;
	};
	for (const type of ['input', 'change', 'drop'])
		document.addEventListener(type, begin, { capture: true, passive: true });
}
