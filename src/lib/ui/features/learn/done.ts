/** The words for a refused command of the learner. */
import { m } from '$lib/paraglide/messages';
import { toast } from '../../kit/toasts.svelte';

/** A goal that is missing is shown on the page anyway. */
const TEXTS = {
	StorageFull: m.storage_full,
	OutOfDate: m.learn_out_of_date,
	NotReached: () => ''
};

interface Refused {
	readonly ok: false;
	readonly problem: keyof typeof TEXTS;
}

/**
 * @param fullText for a command that does not leave everything as it was on a full disk
 * @returns the answer, or undefined: the command was refused, and a toast has said why
 */
export async function done<T extends { readonly ok: true } | Refused>(
	answering: Promise<T>,
	fullText = m.storage_full
): Promise<Exclude<T, Refused> | undefined> {
	const answer: { readonly ok: true } | Refused = await answering;
	if (answer.ok) return answer as Exclude<T, Refused>;
	const text = answer.problem === 'StorageFull' ? fullText() : TEXTS[answer.problem]();
	if (text) toast(text, { tone: 'info' });
	return undefined;
}
