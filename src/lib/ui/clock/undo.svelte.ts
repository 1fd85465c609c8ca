/** Undoes an operation, and says so. */
import { sandbox } from '$lib/client/kms';
import type { UndoAnswer } from '$lib/domain/sandbox';
import { m } from '$lib/paraglide/messages';
import { dropUndo, toast } from '$lib/ui/shell/toasts.svelte';

class Undo {
	busy = $state(false);

	/** @param requestId of the operation that the button names */
	async run(requestId: string): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		try {
			const answer = await sandbox.undoLastOperation({ requestId });
			dropUndo();
			if (answer.ok) toast(m.clock_undone({ operation: answer.operation }));
			else toast(whyNotUndone(answer), { tone: 'info' });
		} finally {
			this.busy = false;
		}
	}
}

function whyNotUndone(answer: Exclude<UndoAnswer, { readonly ok: true }>): string {
	switch (answer.problem) {
		case 'NothingToUndo':
			return m.clock_nothing_to_undo();
		case 'NotTheLast':
			return m.clock_not_the_last({ operation: answer.operation });
		case 'StorageFull':
			return m.clock_undo_full();
	}
}

/** One for the page: the button in the bar and the one in a toast do the same. */
export const undo = new Undo();
