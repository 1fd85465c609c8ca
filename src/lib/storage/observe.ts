/** Live queries: an answer now and after every change, whichever context made it. */

/**
 * Dexie hands some answers over in a timer and others at once (`execInGlobalContext`). Timers wait where a browser runs
 * other tasks first, so an older answer can arrive after a newer one: each carries the number of its question.
 *
 * @returns the end of observing
 */
export async function observe<T>(
	question: () => Promise<T>,
	tell: (answer: T) => void,
	fail: (error: unknown) => void
): Promise<() => void> {
	const { liveQuery } = await import('dexie');
	let lastAsked = 0;
	let lastTold = 0;
	// Dexie follows native promises to their end only in a function that is declared async.
	const numbered = async () => {
		const number = ++lastAsked;
		return { number, answer: await question() };
	};
	const subscription = liveQuery(numbered).subscribe(({ number, answer }) => {
		if (number < lastTold) return;
		lastTold = number;
		tell(answer);
	}, fail);
	return () => {
		subscription.unsubscribe();
	};
}
