/** Live queries: a result immediately and after every change, in any context. */

/**
 * Dexie delivers some results in a timer and others immediately (`execInGlobalContext`). Some browsers run other tasks
 * before timers, so an older result can arrive after a newer one. Each result therefore carries the number of its query.
 *
 * @returns a function that stops observing
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
