/** What is said when a command of the learner was refused. */
import { m } from '$lib/paraglide/messages';
import { toast } from '../shell/toasts.svelte';

interface Refused {
	readonly ok: false;
	readonly problem: string;
}

/**
 * @param fullText where not everything is as it was before
 * @returns what came of it, or undefined: it was refused, and a toast has said why. A goal that is not reached yet shows
 * on the page by itself
 */
export async function done<T extends { readonly ok: true } | Refused>(
	answering: Promise<T>,
	fullText = m.storage_full
): Promise<Exclude<T, Refused> | undefined> {
	const answer: { readonly ok: true } | Refused = await answering;
	if (answer.ok) return answer as Exclude<T, Refused>;
	if (answer.problem === 'StorageFull') toast(fullText(), { tone: 'info' });
	if (answer.problem === 'OutOfDate') toast(m.learn_out_of_date(), { tone: 'info' });
	return undefined;
}
