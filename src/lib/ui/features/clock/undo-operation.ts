/** Undoes an operation, and says what came of it. Loaded when the button is pressed. */
import { sandbox } from '$lib/client/kms';
import type { UndoAnswer } from '$lib/domain/sandbox';
import { m } from '$lib/paraglide/messages';
import { dropUndo, toast } from '$lib/ui/kit/toasts.svelte';

/** @param requestId of the operation that the button names */
export async function undoOperation(requestId: string): Promise<void> {
	const answer = await sandbox.undoLastOperation({ requestId });
	dropUndo();
	if (answer.ok) toast(m.clock_undone({ operation: answer.operation }));
	else toast(whyNotUndone(answer), { tone: 'info' });
}

function whyNotUndone(answer: Exclude<UndoAnswer, { readonly ok: true }>): string {
	switch (answer.problem) {
		case 'NothingToUndo':
			return m.clock_nothing_to_undo();
		case 'NotTheLast':
			return m.clock_not_the_last({ operation: answer.operation });
		case 'StorageFull':
			return m.storage_full();
	}
}
