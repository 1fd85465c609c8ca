/** What is said when a command of the learner was refused. */
import { m } from '$lib/paraglide/messages';
import { toast } from '../shell/toasts.svelte';

/** Refusals that are not here show on the page by themselves. */
const SAID = new Map<string, () => string>([
	['StorageFull', m.storage_full],
	['OutOfDate', m.learn_out_of_date]
]);

interface Refused {
	readonly ok: false;
	readonly problem: string;
}

/** @returns what came of it, or undefined: it was refused, and a toast has said why */
export async function done<T extends { readonly ok: true } | Refused>(
	answering: Promise<T>
): Promise<Exclude<T, Refused> | undefined> {
	const answer: { readonly ok: true } | Refused = await answering;
	if (answer.ok) return answer as Exclude<T, Refused>;
	const text = SAID.get(answer.problem);
	if (text) toast(text(), { tone: 'info' });
	return undefined;
}
