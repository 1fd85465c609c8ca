/** A defect outside any call: rethrown where the context's own error handling sees it. */
export function reportDefect(error: unknown): void {
	queueMicrotask(() => {
		throw error;
	});
}
