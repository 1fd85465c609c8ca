/** Opens a case of an exam: the drill, and the bytes and names that belong to this exam. */
import { DRILLS } from '$lib/course/catalogue';
import { caseSeed } from '$lib/learn/exam';
import type { Exam } from '$lib/learn/learn';
import { beginRun } from '$lib/ui/learn/begin';

/** @returns whether there is such a case: a later version may have left its drill out */
export async function beginCase(
	{ seed, scenarioIds }: Pick<Exam, 'seed' | 'scenarioIds'>,
	index: number
): Promise<boolean> {
	const drill = DRILLS.find(({ id }) => id === scenarioIds[index]);
	if (!drill) return false;
	await beginRun(drill, caseSeed(seed, index), true);
	return true;
}
