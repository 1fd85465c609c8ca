/** Plays a user's scenario, from a draft, a file or a link. */
import { go, href } from '$lib/ui/kit/navigation';
import { learn } from '$lib/client/learn';
import type { Scenario } from '$lib/scenario/format';
import { beginRun } from '$lib/ui/features/learn/begin';
import { m } from '$lib/paraglide/messages';
import { toast } from '$lib/ui/kit/toasts.svelte';

/** @param isOfTheCourse the app has it already */
export async function play(scenario: Scenario, isOfTheCourse = false): Promise<void> {
	// a rune's proxy can't be sent to the worker
	const plain = structuredClone(scenario);
	if (!isOfTheCourse && !(await keep(plain))) return;
	if (!(await beginRun(plain))) return;
	await go(href('/learn/[scenarioId]', { scenarioId: plain.id }));
}

/** @returns whether it was kept; otherwise a toast has said why not */
async function keep(scenario: Scenario): Promise<boolean> {
	const answer = await learn.keepOwn(scenario);
	if (!answer.ok) {
		const text = answer.problem === 'TooManyOwn' ? m.author_too_many() : m.storage_full();
		toast(text, { tone: 'info' });
	}
	return answer.ok;
}
