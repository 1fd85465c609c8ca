/** Opens a case of an exam: the drill, and the bytes and names that belong to this exam. */
import { DRILLS } from '$lib/course/catalogue';
import { caseSeed } from '$lib/learn/exam';
import type { Exam } from '$lib/learn/learn';
import { beginRun } from '$lib/ui/features/learn/begin';

/** @returns `gone`: a later version has left its drill out. `refused`: a toast has said why */
export async function beginCase(
	{ seed, scenarioIds }: Pick<Exam, 'seed' | 'scenarioIds'>,
	index: number
): Promise<'begun' | 'gone' | 'refused'> {
	const drill = DRILLS.find(({ id }) => id === scenarioIds[index]);
	if (!drill) return 'gone';
	return (await beginRun(drill, caseSeed(seed, index), true)) ? 'begun' : 'refused';
}
