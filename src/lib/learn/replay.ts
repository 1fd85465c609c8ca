/** Shows a finished run again, in memory: its start state, and what the learner did, answered as it was answered then. */
import { scenarioDigest } from '../scenario/digest';
import { evaluateGoals } from '../scenario/goals';
import type { Scenario } from '../scenario/format';
import { performAll, UnexpectedAnswer, UnusableFile } from '../scenario/perform';
import { readFacts } from './facts';
import type { Completion, Verdict } from './learn';
import { openMemorySandbox, type MemorySandbox } from './memory-sandbox';
import { judgeAnswers } from './predict';
import { nowOf, seededParties, setStage } from './stage';

export async function replay(
	completion: Completion,
	scenario: Scenario | undefined,
	keyPairs?: MemorySandbox['keyPairs']
): Promise<Verdict> {
	if (!scenario || scenarioDigest(scenario) !== completion.scenarioSha256) return 'otherScenario';
	const { seed, actions } = completion;
	const startsAtMs = Date.parse(scenario.clock.startsAt);
	const sandbox = await openMemorySandbox(() => startsAtMs, keyPairs);
	try {
		const stage = await setStage(sandbox, scenario, seed);
		const parties = seededParties(sandbox, seed, 'replay');
		const { handles } = await performAll(parties, actions, stage.handles);
		const answers = await judgeAnswers(scenario, seed, handles.answers);
		const facts = {
			...(await readFacts(sandbox.store.db, sandbox.tray, { ...stage, answers })),
			files: completion.files.map((file) => ({ ...file, fileId: 0, createdAtMs: 0 }))
		};
		const states = evaluateGoals(scenario, facts, await nowOf(sandbox));
		return states.every(({ missing }) => missing === null) ? 'proved' : 'disproved';
	} catch (error) {
		if (error instanceof UnexpectedAnswer || error instanceof UnusableFile) return 'disproved';
		throw error;
	} finally {
		sandbox.close();
	}
}
