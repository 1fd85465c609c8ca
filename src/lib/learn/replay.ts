/** Shows a finished run again, in memory: its start state, and what the learner did, answered as it was answered then. */
import type { SandboxSettings } from '../domain/settings';
import { isSameScenario } from '../scenario/digest';
import { evaluateGoals } from '../scenario/goals';
import type { Action, Scenario } from '../scenario/format';
import { performAll, UnexpectedAnswer, UnusableFile } from '../scenario/perform';
import { courseDigests } from './course-digests';
import { readFacts } from './facts';
import type { Completion, Verdict } from './learn';
import { openMemorySandbox, type MemorySandbox } from './memory-sandbox';
import { judgeAnswers } from './predict';
import { nowOf, seededParties, setStage } from './stage';

/** More than anybody asks for in one run: to make keys takes nearly all of the time, and verifying has to end. */
export const MOST_KEYS_MADE = 60;

const makesKeys = ({ do: what }: Action): boolean =>
	what === 'CreateCmk' || what === 'GetParametersForImport';

export async function replay(
	completion: Completion,
	scenario: Scenario | undefined,
	keyPairs?: MemorySandbox['keyPairs']
): Promise<Verdict> {
	const { scenarioSha256 } = completion;
	if (!scenario || !isSameScenario(await courseDigests(), scenario, scenarioSha256))
		return 'otherScenario';
	if (completion.actions.filter(makesKeys).length > MOST_KEYS_MADE) return 'disproved';
	const { settings } = completion;
	const isProved =
		(await reachesGoals(completion, scenario, {}, keyPairs)) ||
		// changed on the way, nobody knows when: most often before anything depended on them, or after everything did
		(settings !== undefined && (await reachesGoals(completion, scenario, settings, keyPairs)));
	return isProved ? 'proved' : 'disproved';
}

async function reachesGoals(
	{ seed, actions, files: told }: Completion,
	scenario: Scenario,
	settings: Partial<SandboxSettings>,
	keyPairs: MemorySandbox['keyPairs'] | undefined
): Promise<boolean> {
	const startsAtMs = Date.parse(scenario.clock.startsAt);
	const sandbox = await openMemorySandbox(() => startsAtMs, keyPairs);
	try {
		const stage = await setStage(sandbox, scenario, seed);
		await sandbox.sandbox.changeSettings(settings);
		const parties = seededParties(sandbox, seed, 'replay');
		// the actions are somebody else's text: whatever it is that they cannot do, this is not what happened
		const performed = await performAll(parties, actions, stage.handles).catch(() => undefined);
		if (!performed) return false;
		const answers = await judgeAnswers(scenario, seed, performed.handles.answers);
		const facts = {
			...(await readFacts(sandbox.store.db, sandbox.tray, { ...stage, answers })),
			files: told.map((file) => ({ ...file, fileId: 0, createdAtMs: 0 }))
		};
		const states = evaluateGoals(scenario, facts, await nowOf(sandbox));
		return states.every(({ missing }) => missing === null);
	} catch (error) {
		if (error instanceof UnexpectedAnswer || error instanceof UnusableFile) return false;
		throw error;
	} finally {
		sandbox.close();
	}
}
