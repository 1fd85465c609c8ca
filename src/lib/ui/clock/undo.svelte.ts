/** Takes the last operation back, and says so. */
import { sandbox } from '$lib/client/kms';
import { m } from '$lib/paraglide/messages';
import { dropUndo, toast } from '$lib/ui/shell/toasts.svelte';

class Undo {
	busy = $state(false);

	async run(): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		try {
			const answer = await sandbox.undoLastOperation();
			dropUndo();
			if (answer.ok) toast(m.clock_undone({ operation: answer.operation }));
			else toast(m.clock_nothing_to_undo(), { tone: 'info' });
		} finally {
			this.busy = false;
		}
	}
}

/** One for the page: the button in the bar and the one in a toast do the same. */
export const undo = new Undo();
