/** Live queries: an answer now and after every change, whichever context made it. */

/** @returns the end of observing */
export async function observe<T>(
	question: () => Promise<T>,
	tell: (answer: T) => void,
	fail: (error: unknown) => void
): Promise<() => void> {
	const { liveQuery } = await import('dexie');
	const subscription = liveQuery(question).subscribe(tell, fail);
	return () => {
		subscription.unsubscribe();
	};
}
