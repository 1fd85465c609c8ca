/** Plays a user's scenario, from a draft, a file or a link. */
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { learn } from '$lib/client/learn';
import type { Scenario } from '$lib/scenario/format';
import { beginRun } from '$lib/ui/learn/begin';
import { done } from '$lib/ui/learn/done';

/** @param isOfTheCourse the app has it already */
export async function play(scenario: Scenario, isOfTheCourse = false): Promise<void> {
	// a rune's proxy can't be sent to the worker
	const plain = structuredClone(scenario);
	if (!isOfTheCourse && !(await done(learn.keepOwn(plain)))) return;
	if (!(await beginRun(plain))) return;
	await goto(resolve('/learn/[scenarioId]', { scenarioId: plain.id }));
}
