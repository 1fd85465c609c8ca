/** Undoes an operation. */
class Undo {
	busy = $state(false);

	/** @param requestId of the operation that the button names */
	async run(requestId: string): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		try {
			const { undoOperation } = await import('./undo-operation');
			await undoOperation(requestId);
		} finally {
			this.busy = false;
		}
	}
}

/** One for the page: the button in the bar and the one in a toast do the same. */
export const undo = new Undo();
